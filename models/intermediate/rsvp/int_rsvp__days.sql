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
    where is_reported and {{ in_period('activity_date') }}

),

-- Whole numbers alone: their sums are the same in whatever order the rows come.
summed as (

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

        -- volume and payload
        count(*) as volume,
        count(*) filter (where delivery_failed) as delivery_failures,
        count(*) filter (where response_category = 'received_successful') as received_successful,
        count(*) filter (
            where response_category = 'received_unsuccessful'
        ) as received_unsuccessful,
        count(*) filter (
            where response_category = 'not_received_successful'
        ) as not_received_successful,
        count(*) filter (
            where response_category = 'not_received_unsuccessful'
        ) as not_received_unsuccessful,

        -- speed
        count(rtt_us) as responses,
        sum(rtt_us) as rtt_us_sum,
        min(rtt_us) as rtt_us_min,
        max(rtt_us) as rtt_us_max,
        count(*) filter (where within_trt) as within_trt,
        count(within_trt) as with_trt,

        -- speed without the HAN (S9); of SMETS1 nobody knows it
        count(dsp_processing_ms) filter (where smets = 'SMETS2+') as processing_requests,
        sum(dsp_processing_ms) filter (where smets = 'SMETS2+') as processing_ms_sum
    from requests
    group by
        reporting_month, activity_date, business_process, srv, timing_class, device_type, smets,
        region

)

select * from summed
