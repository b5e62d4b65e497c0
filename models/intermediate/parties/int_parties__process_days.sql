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
    where
        is_reported
        and business_process <> 'Unattributed'
        and {{ in_period('activity_date') }}

),

-- O13: in a process a request succeeded that was answered and did not fail to be delivered.
summed as (

    select
        -- keys
        reporting_month,
        activity_date,
        business_process,
        user_id,

        -- requests
        count(*) as requests,
        count(*) filter (
            where
            response_category in ('received_successful', 'received_unsuccessful')
            and not delivery_failed
        ) as succeeded
    from requests
    group by reporting_month, activity_date, business_process, user_id

)

select * from summed
