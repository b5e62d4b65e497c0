with

requests as (

    select * from {{ ref('int_firmware__requests') }}
    where srv = '11.1'

),

targets as (

    select * from {{ ref('stg_dsp__firmware_targets') }}

),

devices as (

    select * from {{ ref('int_devices__in_month') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- O8: a pair of an 11.1 and a device that it names; where the device is says the month of the 11.1.
placed as (

    select
        -- keys
        requests.reporting_month,
        requests.request_id,
        targets.device_id,

        -- what and where the device is (A11)
        coalesce(devices.device_type, 'Unknown') as device_type,
        coalesce(devices.smets, 'Unknown') as smets,
        coalesce(devices.region, 'Unknown') as region,

        -- when it was asked, and what was answered
        requests.activity_date,
        requests.started_at,
        periods.extract_at,
        targets.response_code,
        coalesce(targets.response_code = 'I99', false) as is_acknowledged,

        -- whether it counts (S1, T2)
        {{ why_request_is_out('requests', 'periods') }} as exclusion_reason
    from requests
    inner join targets on requests.request_id = targets.request_id
    inner join periods on requests.reporting_month = periods.reporting_month
    left join devices
        on
            requests.reporting_month = devices.reporting_month
            and targets.device_id = devices.device_id

)

select * from placed
