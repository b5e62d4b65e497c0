with

requests as (

    select * from {{ ref('int_requests__categorised') }}

),

firmware_devices as (

    select * from {{ ref('int_requests__firmware_devices') }}

),

devices as (

    select * from {{ ref('int_devices__in_month') }}
    where {{ in_months_of_period('reporting_month') }}

),

target_times as (

    select * from {{ ref('target_response_times') }}

),

of_devices as (

    select
        {{ all_but('device_id', 'requests') }},
        coalesce(firmware_devices.device_id, requests.device_id) as device_id
    from requests
    left join firmware_devices
        on
            case when requests.srv = '11.1' then requests.request_id end
            = firmware_devices.request_id

),

placed as (

    select
        of_devices.*,
        -- A11; of an unknown device the device itself stands for its hub
        coalesce(devices.comms_hub_id, of_devices.device_id) as comms_hub_id,
        coalesce(devices.device_type, 'Unknown') as device_type,
        coalesce(devices.smets, 'Unknown') as smets,
        coalesce(devices.region, 'Unknown') as region,
        devices.commissioned_date,
        devices.hub_commissioned_date,
        -- S3
        case
            when of_devices.srv = '11.3' and devices.smets = 'SMETS1' then 432000
            else target_times.target_seconds
        end as trt_seconds
    from of_devices
    left join devices
        on
            of_devices.device_id = devices.device_id
            and of_devices.reporting_month = devices.reporting_month
    left join target_times
        on
            of_devices.srv = target_times.srv
            and of_devices.mode_of_operation = target_times.mode_of_operation

)

select * from placed
