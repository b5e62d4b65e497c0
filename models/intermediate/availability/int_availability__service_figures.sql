with

services as (

    select * from {{ ref('int_availability__bands_with_totals') }}
    where subject_kind = 'service'

),

-- V4: the overall figure is the mean of the Services
overall as (

    select
        reporting_month,
        'All' as subject,
        'All' as region,
        band,
        avg(period_minutes) as period_minutes,
        {{ order_free_mean('planned_minutes') }} as planned_minutes,
        {{ order_free_mean('unplanned_minutes') }} as unplanned_minutes,
        cast(sum(outages) as bigint) as outages,
        {{ order_free_mean('availability_pct') }} as availability_pct,
        {{ order_free_sum('unplanned_minutes * places') }} as outage_minutes,
        {{ order_free_sum('(period_minutes - planned_minutes - unplanned_minutes) * places') }}
            as working_minutes
    from services
    where region = 'All'
    group by reporting_month, band

),

united as (

    select
        reporting_month,
        subject,
        region,
        band,
        period_minutes,
        planned_minutes,
        unplanned_minutes,
        outages,
        availability_pct,
        unplanned_minutes * places as outage_minutes,
        (period_minutes - planned_minutes - unplanned_minutes) * places as working_minutes
    from services

    union all

    select * from overall

),

-- V5; of the total of regions, sums over summed outages
judged as (

    select
        reporting_month,
        subject as service_id,
        region,
        band,
        cast(period_minutes as bigint) as period_minutes,
        planned_minutes,
        unplanned_minutes,
        outages,
        availability_pct,
        outage_minutes / nullif(outages, 0) / 60 as mttr_hours,
        working_minutes / nullif(outages, 0) / 1440 as mtbf_days,
        greatest(planned_minutes - {{ planned_allowance_minutes() }}, 0)
            as planned_over_allowance_minutes
    from united

)

select * from judged
