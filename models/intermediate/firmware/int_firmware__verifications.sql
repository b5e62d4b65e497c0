with

targets as (

    select * from {{ ref('int_firmware__targets') }}
    where is_acknowledged and exclusion_reason is null

),

alerts as (

    select * from {{ ref('int_alerts__linkable') }}
    where alert_code in ('8F72', '8F1C')

),

-- Of alerts that a device raised at once the one with the least alert_id stands for all.
raised as (

    select
        device_id,
        raised_at,
        min(alert_id) as alert_id,
        {{ value_at_min('alert_code', 'alert_id') }} as alert_code
    from alerts
    group by device_id, raised_at

),

-- O8: the first of the device from the start on decides, if it came within 120 hours. It may lie
-- after the extract point: what landed later still counts for the 11.1 that it belongs to.
decided as (

    select
        targets.reporting_month,
        targets.request_id,
        targets.device_id,
        raised.alert_id,
        raised.alert_code,
        raised.raised_at
    from targets
    {{ asof_join() }} raised
        on
            targets.device_id = raised.device_id
            and targets.started_at <= raised.raised_at
    where
        {{ microseconds_between('targets.started_at', 'raised.raised_at') }}
        <= {{ verification_microseconds() }}

)

select * from decided
