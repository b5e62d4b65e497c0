{{
    config(
        materialized='by_period',
        period_column='reporting_month',
        period_unit='month',
        inputs='int_estate__snapshot_inputs',
        period_scope='all',
    )
}}
-- depends_on: {{ ref('int_estate__snapshot_inputs') }}
with

devices as (

    select * from {{ ref('stg_dsp__devices') }}

),

-- Some hundreds of rows a month: all that later months look back to.
seen as (

    select
        snapshot_month as reporting_month,
        device_type,
        coalesce(model, 'Unknown') as model_family,
        firmware_version,
        count(*) as devices
    from devices
    where
        {{ in_period('snapshot_month') }}
        and status = 'Commissioned'
        and firmware_version is not null
    group by snapshot_month, device_type, coalesce(model, 'Unknown'), firmware_version

)

select * from seen
