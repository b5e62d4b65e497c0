with

requests as (

    select * from {{ ref('int_requests__deciding') }}
    where srv = '11.1'

),

targets as (

    select * from {{ ref('int_requests__first_targets') }}

),

devices as (

    select * from {{ ref('int_devices__in_month') }}

),

-- A later day's file may add to what an 11.1 names.
first_targets as (

    select
        request_id,
        min(first_device_id) as first_device_id
    from targets
    group by request_id

),

-- An 11.1 names DCC itself, which no snapshot has: its first target stands for it.
resolved as (

    select
        requests.reporting_month,
        requests.activity_date,
        requests.request_id,
        first_targets.first_device_id as device_id
    from requests
    inner join first_targets on requests.request_id = first_targets.request_id
    left join devices
        on
            requests.device_id = devices.device_id
            and requests.reporting_month = devices.reporting_month
    where devices.device_id is null

)

select * from resolved
