with

alerts as (

    select * from {{ ref('int_alerts__linkable') }}
    where alert_code in ('N12', 'N13')

),

requests as (

    select * from {{ ref('int_requests__deciding') }}
    where is_alert_candidate

),

named as (

    select
        alerts.alert_id,
        requests.request_id
    from alerts
    inner join requests on alerts.named_request_id = requests.request_id

),

-- Of candidates that start together the greatest request_id stands for all.
starts as (

    select
        device_id,
        user_id,
        started_at,
        max(request_id) as request_id
    from requests
    group by device_id, user_id, started_at

),

unnamed as (

    select *
    from alerts
    where named_request_id is null and user_id is not null

),

nearest as (

    select
        unnamed.alert_id,
        starts.request_id
    from unnamed
    {{ asof_join() }} starts
        on
            unnamed.device_id = starts.device_id
            and unnamed.user_id = starts.user_id
            and unnamed.raised_at >= starts.started_at
    where {{ microseconds_between('starts.started_at', 'unnamed.raised_at') }} <= 86400000000

),

united as (

    select * from named

    union all

    select * from nearest

)

select * from united
