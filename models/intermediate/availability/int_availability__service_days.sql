with

hours as (

    select * from {{ ref('int_availability__hours') }}
    where subject_kind = 'service'

),

days as (

    select
        reporting_month,
        subject as service_id,
        region,
        activity_date,
        cast(sum(period_minutes) as bigint) as period_minutes,
        cast(sum(planned_minutes) as bigint) as planned_minutes,
        cast(sum(unplanned_minutes) as bigint) as unplanned_minutes
    from hours
    group by reporting_month, subject, region, activity_date

),

with_totals as (

    {{ with_region_totals(
        'days',
        ['reporting_month', 'service_id', 'activity_date'],
        ['period_minutes', 'planned_minutes', 'unplanned_minutes'],
    ) }}

),

judged as (

    select
        reporting_month,
        service_id,
        region,
        activity_date,
        period_minutes,
        planned_minutes,
        unplanned_minutes,
        {{ availability_pct('period_minutes', 'planned_minutes', 'unplanned_minutes') }}
            as availability_pct
    from with_totals

),

-- V4: the overall figure is the mean of the Services
overall as (

    select
        reporting_month,
        'All' as service_id,
        'All' as region,
        activity_date,
        avg(period_minutes) as period_minutes,
        {{ order_free_mean('planned_minutes') }} as planned_minutes,
        {{ order_free_mean('unplanned_minutes') }} as unplanned_minutes,
        {{ order_free_mean('availability_pct') }} as availability_pct
    from judged
    where region = 'All'
    group by reporting_month, activity_date

),

united as (

    select * from judged
    union all
    select * from overall

)

select * from united
