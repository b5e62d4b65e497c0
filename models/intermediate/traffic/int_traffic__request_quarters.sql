{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='fct_service_requests',
    )
}}
with

requests as (

    select
        reporting_month,
        activity_date,
        region,
        {{ quarter_hour('started_at') }} as quarter_started_at
    from {{ ref('fct_service_requests') }}
    where is_reported and {{ in_period('activity_date') }}

),

counted as (

    select
        -- keys
        reporting_month,
        activity_date,
        quarter_started_at,
        region,

        -- volume
        count(*) as requests
    from requests
    group by reporting_month, activity_date, quarter_started_at, region

)

select * from counted
