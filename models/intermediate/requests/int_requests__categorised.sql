with

requests as (

    select * from {{ ref('int_requests__timed') }}

),

received as (

    select
        *,
        response_sent_at is not null as is_received,
        coalesce(response_code in ('I0', 'I99'), false) as has_successful_code,
        coalesce(response_code in ('E20', 'E21', 'E30', 'E31'), false) as has_delivery_failure_code
    from requests

),

categorised as (

    select
        *,
        -- S5
        case
            when is_received and has_successful_code then 'received_successful'
            when is_received then 'received_unsuccessful'
            when has_successful_code then 'not_received_successful'
            else 'not_received_unsuccessful'
        end as response_category,
        -- S6: what an N12 or N13 may belong to
        is_reported
        and not has_delivery_failure_code
        and not (is_received and has_successful_code) as is_alert_candidate
    from received

)

select * from categorised
