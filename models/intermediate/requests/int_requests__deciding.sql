{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='int_requests__file_inputs',
        period_scope='all',
        reads_feed='dsp/service_requests',
    )
}}
-- depends_on: {{ ref('int_requests__file_inputs') }}
with

requests as (

    select * from {{ ref('int_requests__categorised') }}

),

-- Few, and narrow: what attribution (A-COS, 11.1) and the linking of alerts (S6) ask of other rows.
deciding as (

    select
        -- keys
        activity_date,
        reporting_month,
        request_id,

        -- who asked which device for what
        device_id,
        user_id,
        srv,

        -- when
        started_at,

        -- what it decides
        is_reported and srv = '6.23' as is_supplier_change,
        is_alert_candidate
    from requests
    where
        {{ in_files('extract_date') }}
        and {{ in_period('activity_date') }}
        and (is_alert_candidate or srv = '11.1' or (srv = '6.23' and is_reported))

)

select * from deciding
