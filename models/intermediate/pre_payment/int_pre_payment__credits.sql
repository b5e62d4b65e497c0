{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='fct_alerts',
    )
}}
with

alerts as (

    select * from {{ ref('fct_alerts') }}
    where alert_code = '810E' and {{ in_period('activity_date') }}

),

-- O4: credit that was added on the spot, whatever became of the alert about it.
by_device as (

    select
        -- keys
        reporting_month,
        activity_date,
        device_id,
        device_type,
        smets,
        region,

        -- an alert that stands for several counts as them
        cast(sum(alert_count) as bigint) as credits
    from alerts
    group by reporting_month, activity_date, device_id, device_type, smets, region

)

select * from by_device
