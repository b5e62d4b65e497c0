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
    where is_reported and rtt_us is not null and {{ in_period('activity_date') }}

),

sorted as (

    select
        -- keys
        reporting_month,
        activity_date,
        business_process,
        srv,
        timing_class,
        device_type,
        smets,
        region,
        {{ time_bucket('rtt_us') }} as time_bucket,

        -- round trip times
        count(*) as measured,
        {{ collected('rtt_us') }} as times_us
    from requests
    group by
        reporting_month, activity_date, business_process, srv, timing_class, device_type, smets,
        region, {{ time_bucket('rtt_us') }}

)

select * from sorted
