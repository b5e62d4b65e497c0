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

    select * from {{ ref('int_requests__attributed') }}
    where {{ in_files('extract_date') }} and {{ in_period('activity_date') }}

),

owners as (

    select * from {{ ref('int_alerts__owners') }}
    where reporting_month = request_month and {{ in_period('request_date') }}

),

failed_by_alert as (

    select request_id
    from owners
    group by request_id

),

final as (

    select
        -- keys
        requests.request_id,
        requests.reporting_month,
        requests.activity_date,
        requests.extract_date,

        -- what was asked, by whom, of which device
        requests.srv,
        requests.mode_of_operation,
        requests.timing_class,
        requests.user_id,
        requests.user_role,
        requests.device_id,
        requests.comms_hub_id,
        requests.device_type,
        requests.smets,
        requests.region,

        -- times (UTC)
        requests.received_at,
        requests.started_at,
        requests.response_sent_at,

        -- where it stands, and what came back
        requests.report_status_id,
        requests.is_reported,
        coalesce(requests.response_code, 'None') as response_code,
        case when requests.is_reported then requests.response_category end as response_category,

        -- how long it took (microseconds are exact: sums and medians use them)
        requests.rtt_us,
        requests.rtt_us / 1000000.0 as rtt_seconds,
        requests.trt_seconds,
        case
            when requests.is_reported and requests.trt_seconds is not null
                then coalesce(
                    requests.rtt_us <= 1000000 * cast(requests.trt_seconds as bigint), false
                )
        end as within_trt,
        case
            when requests.is_reported
                then requests.has_delivery_failure_code or failed_by_alert.request_id is not null
        end as delivery_failed,
        requests.dsp_processing_ms,

        -- which process it served, and by which rule
        case when requests.is_reported then requests.business_process end as business_process,
        case when requests.is_reported then requests.attribution_rule end as attribution_rule
    from requests
    left join failed_by_alert
        on
            case when requests.is_alert_candidate then requests.request_id end
            = failed_by_alert.request_id

)

select * from final
