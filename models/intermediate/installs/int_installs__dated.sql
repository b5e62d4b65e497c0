with

asked as (

    select * from {{ ref('int_installs__asked') }}

),

devices as (

    select * from {{ ref('int_devices__in_month') }}
    where {{ in_months_of_period('reporting_month') }}

),

first_meters as (

    select * from {{ ref('int_installs__first_meters') }}

),

dated as (

    select
        asked.*,
        devices.commissioned_at,
        devices.commissioned_date,
        first_meters.first_meter_date
    from asked
    left join devices
        on
            asked.reporting_month = devices.reporting_month
            and asked.device_id = devices.device_id
    left join first_meters
        on
            asked.reporting_month = first_meters.reporting_month
            and asked.device_id = first_meters.comms_hub_id

)

select * from dated
