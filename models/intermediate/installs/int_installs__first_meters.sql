with

devices as (

    select * from {{ ref('int_devices__in_month') }}
    where {{ in_months_of_period('reporting_month') }}

),

first_meters as (

    select
        reporting_month,
        comms_hub_id,
        min(commissioned_date) as first_meter_date
    from devices
    where device_type in ('ESME', 'GSME') and commissioned_date is not null
    group by reporting_month, comms_hub_id

)

select * from first_meters
