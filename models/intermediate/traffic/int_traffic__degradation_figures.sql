with

months as (

    select * from {{ ref('int_installs__landed_months') }}
    where has_requests

),

hit as (

    select * from {{ ref('int_traffic__degraded_hours') }}

),

all_hours as (

    select * from {{ ref('int_traffic__hours') }}
    where region = 'All'

),

known as (

    select
        reporting_month,
        count(*) as hours_in_all,
        count(requests_norm) as hours_with_norm
    from all_hours
    group by reporting_month

),

summed as (

    select
        reporting_month,
        count(*) as hours,
        cast(sum(requests) filter (where requests_norm is not null) as bigint) as requests,
        {{ order_free_sum('requests_norm') }} as requests_norm,
        cast(sum(installs) filter (where installs_norm is not null) as bigint) as installs,
        {{ order_free_sum('installs_norm') }} as installs_norm
    from hit
    group by reporting_month

),

joined as (

    select
        months.reporting_month,

        -- hours, and those of which there is history
        coalesce(known.hours_in_all, 0) as hours_in_all,
        coalesce(known.hours_with_norm, 0) as hours_with_norm,

        -- hours that an incident lasted into
        coalesce(summed.hours, 0) as hours,
        summed.requests,
        summed.requests_norm,
        summed.installs,
        summed.installs_norm
    from months
    left join known on months.reporting_month = known.reporting_month
    left join summed on months.reporting_month = summed.reporting_month

)

select * from joined
