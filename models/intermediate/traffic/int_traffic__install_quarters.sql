{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='int_installs__attempts',
    )
}}
with

attempts as (

    select
        reporting_month,
        activity_date,
        region,
        {{ quarter_hour('commissioned_at') }} as quarter_started_at
    from {{ ref('int_installs__attempts') }}
    where in_numerator and {{ in_period('activity_date') }}

),

-- An install happens when its device is commissioned.
counted as (

    select
        -- keys
        reporting_month,
        activity_date,
        quarter_started_at,
        region,

        -- volume
        count(*) as installs
    from attempts
    group by reporting_month, activity_date, quarter_started_at, region

)

select * from counted
