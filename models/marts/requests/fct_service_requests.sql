{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='int_requests__day_inputs',
        reads_feed='dsp/service_requests',
    )
}}
-- depends_on: {{ ref('int_requests__day_inputs') }}
with

requests as (

    select * from {{ ref('int_requests__judged') }}
    where {{ in_files('extract_date') }} and {{ in_period('activity_date') }}

),

final as (

    select
        -- keys
        request_id,
        reporting_month,
        activity_date,
        extract_date,

        -- what was asked, by whom, of which device
        srv,
        mode_of_operation,
        timing_class,
        user_id,
        user_role,
        device_id,
        comms_hub_id,
        device_type,
        smets,
        region,

        -- times (UTC)
        received_at,
        started_at,
        response_sent_at,

        -- where it stands, and what came back
        report_status_id,
        is_reported,
        coalesce(response_code, 'None') as response_code,
        reported_category as response_category,

        -- how long it took (microseconds are exact: sums and medians use them)
        rtt_us,
        rtt_us / 1000000.0 as rtt_seconds,
        trt_seconds,
        within_trt,
        delivery_failed,
        dsp_processing_ms,

        -- which process it served, and by which rule
        reported_process as business_process,
        reported_rule as attribution_rule
    from requests

)

select * from final
