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
    where srv in ('11.1', '11.3') and {{ in_period('activity_date') }}

),

-- Narrow, so that a month's figures are made without touching the wide rows again.
judged as (

    select
        -- keys
        request_id,
        reporting_month,
        activity_date,

        -- what was asked; the device of an 11.3, and of an 11.1 its first target
        srv,
        device_id,
        device_type,
        smets,
        region,

        -- what became of it (S1, S5)
        started_at,
        is_reported,
        response_code,
        is_reported and response_sent_at is not null and response_code = 'I0' as is_succeeded
    from requests

)

select * from judged
