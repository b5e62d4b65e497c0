{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='fct_service_requests',
    )
}}
with

requests as (

    select * from {{ ref('fct_service_requests') }}
    where {{ in_period('activity_date') }}

),

counted as (

    select
        -- keys
        reporting_month,
        activity_date,
        srv,
        mode_of_operation,
        smets,
        region,
        response_code,

        -- conservation (A9)
        count(*) as landed,
        count(*) filter (where is_reported) as reported,
        count(*) filter (where not is_reported) as in_flight,
        count(*) filter (where attribution_rule <> 'A-NONE') as attributed,
        count(*) filter (where attribution_rule = 'A-NONE') as unattributed,

        -- what the data warn of (S3)
        count(*) filter (where is_reported and trt_seconds is null) as without_target
    from requests
    group by
        reporting_month, activity_date, srv, mode_of_operation, smets, region, response_code

)

select * from counted
