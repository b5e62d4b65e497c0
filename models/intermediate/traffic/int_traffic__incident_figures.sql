with

incidents as (

    select * from {{ ref('int_traffic__incidents') }}

),

hours as (

    select * from {{ ref('int_traffic__incident_hours') }}

),

summed as (

    select
        reporting_month,
        incident_id,
        region,
        count(*) as hours,

        -- the hours that have a norm, and what they had
        count(requests_norm) as request_hours,
        cast(sum(requests) filter (where requests_norm is not null) as bigint) as requests,
        {{ order_free_sum('requests_norm') }} as requests_norm,
        count(installs_norm) filter (where has_installs) as install_hours,
        cast(
            sum(installs) filter (where installs_norm is not null and has_installs) as bigint
        ) as installs,
        {{ order_free_sum('case when has_installs then installs_norm end') }} as installs_norm
    from hours
    group by reporting_month, incident_id, region

),

joined as (

    select
        -- keys
        incidents.reporting_month,
        incidents.incident_id,
        incidents.region,

        -- the incident
        incidents.category,
        incidents.started_at,
        incidents.ended_at,
        coalesce(summed.hours, 0) as hours,

        -- requests in its hours
        coalesce(summed.request_hours, 0) as request_hours,
        summed.requests,
        summed.requests_norm,

        -- installs in its hours
        coalesce(summed.install_hours, 0) as install_hours,
        summed.installs,
        summed.installs_norm
    from incidents
    left join summed
        on
            incidents.reporting_month = summed.reporting_month
            and incidents.incident_id = summed.incident_id
            and incidents.region = summed.region

)

select * from joined
