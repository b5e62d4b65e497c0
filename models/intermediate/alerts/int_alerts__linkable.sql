{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='int_alerts__file_inputs',
        period_scope='all',
        reads_feed='dsp/alerts',
    )
}}
-- depends_on: {{ ref('int_alerts__file_inputs') }}
with

alerts as (

    select * from {{ ref('int_alerts__timed') }}

),

-- The alerts that say what became of a request: not delivered (S6), an image verified or not (O8).
linkable as (

    select
        -- keys
        activity_date,
        reporting_month,
        alert_id,
        alert_code,

        -- what they say they are about
        request_id as named_request_id,
        device_id,
        user_id,
        raised_at
    from alerts
    where
        {{ in_files('extract_date') }}
        and {{ in_period('activity_date') }}
        and (
            (alert_kind = 'DCC' and alert_code in ('N12', 'N13'))
            or alert_code in ('8F72', '8F1C')
        )

)

select * from linkable
