with

requests as (

    select * from {{ ref('fct_service_requests') }}
    where srv in ('6.23', '1.1.1', '6.8') and {{ in_period('activity_date') }}

),

response_codes as (

    select * from {{ ref('response_codes') }}

),

changes as (

    select *
    from requests
    where srv = '6.23'

),

-- What the device does for its new supplier alone: once it has, the change went through.
followed as (

    select
        activity_date,
        device_id,
        user_id,
        max(started_at) as last_started_at
    from requests
    where srv <> '6.23' and is_reported and response_category = 'received_successful'
    group by activity_date, device_id, user_id

),

compared as (

    select
        changes.*,
        changes.response_category = 'received_successful' and changes.response_code = 'I0'
            as is_answered,
        coalesce(followed.last_started_at > changes.started_at, false) as is_followed,
        coalesce(response_codes.response_class = 'rejected', false) as is_rejected
    from changes
    left join followed
        on
            changes.activity_date = followed.activity_date
            and changes.device_id = followed.device_id
            and changes.user_id = followed.user_id
    left join response_codes on changes.response_code = response_codes.response_code

)

select * from compared
