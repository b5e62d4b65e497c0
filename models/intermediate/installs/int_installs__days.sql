{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='int_installs__attempts',
    )
}}
with

attempts as (

    select * from {{ ref('int_installs__attempts') }}
    where in_denominator and {{ in_period('activity_date') }}

),

-- Few rows a day, so that the week before a month is at hand without a look at its requests (O7).
summed as (

    select
        -- keys
        activity_date,
        reporting_month,
        case when grouping(device_type) = 1 then 'All' else device_type end as device_type,
        case when grouping(region) = 1 then 'All' else region end as region,

        -- installs
        count(*) as attempted,
        count(*) filter (where in_numerator) as succeeded,
        count(*) filter (where not in_numerator) as failed
    from attempts
    group by activity_date, reporting_month, cube(device_type, region)

)

select * from summed
