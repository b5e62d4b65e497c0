with

requests as (

    select * from {{ ref('int_requests__attributed') }}

),

owners as (

    select * from {{ ref('int_alerts__owners') }}
    where reporting_month = request_month and {{ in_period('request_date') }}

),

failed_by_alert as (

    select request_id
    from owners
    group by request_id

),

-- Of what is in flight nothing is said (S1).
judged as (

    select
        requests.*,
        case when requests.is_reported then requests.response_category end as reported_category,
        case when requests.is_reported then requests.business_process end as reported_process,
        case when requests.is_reported then requests.attribution_rule end as reported_rule,

        -- S4
        case
            when requests.is_reported and requests.trt_seconds is not null
                then coalesce(
                    requests.rtt_us <= 1000000 * cast(requests.trt_seconds as bigint), false
                )
        end as within_trt,

        -- S6
        case
            when requests.is_reported
                then requests.has_delivery_failure_code or failed_by_alert.request_id is not null
        end as delivery_failed
    from requests
    left join failed_by_alert
        on
            case when requests.is_alert_candidate then requests.request_id end
            = failed_by_alert.request_id

)

select * from judged
