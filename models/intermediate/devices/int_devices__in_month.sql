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

known as (

    select * from {{ ref('int_devices__known') }}

),

placed as (

    select
        {{ all_but('region') }},
        -- A11
        case when smets = 'SMETS1' then 'All' else coalesce(region, 'Unknown') end as region,
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
        placed.model,
        placed.firmware_version,
        placed.status,

        -- when it was commissioned (UTC), and local days (A-IC)
        placed.commissioned_at,
        placed.commissioned_date,
        hubs.commissioned_date as hub_commissioned_date
    from placed
    left join placed as hubs
        on
            placed.comms_hub_id = hubs.device_id
            and placed.reporting_month = hubs.reporting_month

)

select * from with_hubs
