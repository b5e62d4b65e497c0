with

alerts as (

    select * from {{ ref('int_alerts__banded') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

evidence as (

    select
        -- keys
        alerts.reporting_month,
        'A1' as measure_id,
        alerts.alert_id,

        -- what it is, and where
        alerts.activity_date,
        alerts.alert_code,
        alerts.smets,
        alerts.region,
        alerts.device_id,
        alerts.user_id,
        alerts.alert_count,

        -- its place in the measure (O9)
        alerts.is_eligible as in_denominator,
        coalesce(alerts.on_time, false) as in_numerator,
        case alerts.disposition
            when 'suppressed' then 'Suppressed'
            when 'exempt' then 'Exempt'
        end as exclusion_reason,

        -- how long it took
        alerts.delivery,
        alerts.raised_at,
        alerts.sent_at,
        alerts.delivery_us / 1000000.0 as seconds_to_deliver
    from alerts
    inner join periods on alerts.reporting_month = periods.reporting_month
    where {{ is_before_extract('alerts.activity_date', 'periods.extract_at') }}

)

select * from evidence
