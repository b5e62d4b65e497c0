{{
    config(
        materialized='incremental',
        incremental_strategy='microbatch',
        event_time='reporting_month',
        batch_size='month',
        begin='2018-01-01',
    )
}}
with

alerts as (

    select * from {{ ref('fct_alerts') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

in_period as (

    select
        alerts.reporting_month,
        alerts.device_id,
        alerts.alert_count
    from alerts
    inner join periods on alerts.reporting_month = periods.reporting_month
    where {{ is_before_extract('alerts.activity_date', 'periods.extract_at') }}

),

-- Of every disposition; kept are the few devices that can be noisy at all (O12).
summed as (

    select
        reporting_month,
        device_id,
        cast(sum(alert_count) as bigint) as alerts
    from in_period
    group by reporting_month, device_id
    having sum(alert_count) > 100

)

select * from summed
