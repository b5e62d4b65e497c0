{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='int_alerts__day_inputs',
        reads_feed='dsp/alerts',
    )
}}
-- depends_on: {{ ref('int_alerts__day_inputs') }}
with

alerts as (

    select * from {{ ref('int_alerts__timed') }}
    where {{ in_files('extract_date') }} and {{ in_period('activity_date') }}

),

devices as (

    select * from {{ ref('int_devices__in_month') }}
    where {{ in_months_of_period('reporting_month') }}

),

owners as (

    select * from {{ ref('int_alerts__owners') }}
    where reporting_month = alert_month and {{ in_period('alert_date') }}

),

final as (

    select
        -- keys
        alerts.alert_id,
        alerts.reporting_month,
        alerts.activity_date,
        alerts.extract_date,

        -- what it is, and of what
        alerts.alert_code,
        alerts.alert_kind,
        alerts.alert_count,
        alerts.device_id,
        coalesce(devices.device_type, 'Unknown') as device_type,
        coalesce(devices.smets, 'Unknown') as smets,
        coalesce(devices.region, 'Unknown') as region,
        alerts.user_id,
        owners.request_id,
        alerts.disposition,

        -- times (UTC)
        alerts.raised_at,
        alerts.sent_at,

        -- legs, in seconds
        alerts.to_csp_us / 1000000.0 as seconds_to_csp,
        alerts.to_dsp_us / 1000000.0 as seconds_to_dsp,
        alerts.to_send_us / 1000000.0 as seconds_to_send,
        alerts.to_acknowledge_us / 1000000.0 as seconds_to_acknowledge,
        case when alerts.is_eligible then alerts.is_sent_in_time end as on_time
    from alerts
    left join devices
        on
            alerts.device_id = devices.device_id
            and alerts.reporting_month = devices.reporting_month
    left join owners on alerts.alert_id = owners.alert_id

)

select * from final
