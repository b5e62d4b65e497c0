{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='fct_service_requests',
    )
}}
-- depends_on: {{ ref('fct_service_requests') }}
with

compared as (

    select * from {{ ref('int_supplier_changes__compared') }}
    where {{ in_period('activity_date') }}

),

judged as (

    select
        -- keys
        reporting_month,
        activity_date,
        request_id,

        -- who asked which device
        user_id,
        device_id,
        device_type,
        smets,
        region,

        -- when, and what came back
        started_at,
        is_reported,
        response_code,

        -- what became of it (O1); of a request in flight nobody knows yet
        case when is_reported then is_answered or is_followed end as succeeded,
        case when is_reported then is_followed and not is_answered end as succeeded_by_inference,
        case when is_reported then is_rejected and not is_answered and not is_followed end
            as is_user_caused
    from compared

)

select * from judged
