{{
    config(
        materialized='by_period',
        period_column='reporting_month',
        period_unit='month',
        inputs='int_devices__snapshot_inputs',
    )
}}
-- depends_on: {{ ref('int_devices__snapshot_inputs') }}
with

months as (

    select * from {{ ref('int_calendar__months') }}

),

devices as (

    select * from {{ ref('stg_dsp__devices') }}

),

-- Per device the month's snapshot, else the latest earlier one that has it.
known as (

    select
        months.reporting_month,
        devices.device_id,
        {{ value_at_max('devices.device_type', 'devices.snapshot_month') }} as device_type,
        {{ value_at_max('devices.comms_hub_id', 'devices.snapshot_month') }} as comms_hub_id,
        {{ value_at_max('devices.smets', 'devices.snapshot_month') }} as smets,
        {{ value_at_max('devices.region', 'devices.snapshot_month') }} as given_region,
        {{ value_at_max('devices.status', 'devices.snapshot_month') }} as status,
        {{ value_at_max('devices.commissioned_at', 'devices.snapshot_month') }} as commissioned_at
    from months
    inner join devices on months.reporting_month >= devices.snapshot_month
    where {{ in_period('months.reporting_month') }}
    group by months.reporting_month, devices.device_id

),

placed as (

    select
        *,
        -- A11
        case when smets = 'SMETS1' then 'All' else coalesce(given_region, 'Unknown') end as region,
        cast({{ to_local('commissioned_at') }} as date) as commissioned_date
    from known

),

with_hubs as (

    select
        -- keys
        placed.reporting_month,
        placed.device_id,
        placed.comms_hub_id,

        -- what and where it is
        placed.device_type,
        placed.smets,
        placed.region,
        placed.status,

        -- local days (A-IC)
        placed.commissioned_date,
        hubs.commissioned_date as hub_commissioned_date
    from placed
    left join placed as hubs
        on
            placed.comms_hub_id = hubs.device_id
            and placed.reporting_month = hubs.reporting_month

)

select * from with_hubs
