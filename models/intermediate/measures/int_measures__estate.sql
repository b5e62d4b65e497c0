{#- Of each measure: what is counted, what it is held against, and what tells of it. -#}
{%- set measures = {
    'ESTATE-DEVICES': ['devices', 'null', 'true'],
    'ESTATE-SILENT': ['not_communicating', 'devices', 'has_traffic'],
    'ESTATE-NOISY': ['noisy', 'null', 'has_alerts'],
    'ESTATE-FIRMWARE-LATEST': ['firmware_latest', 'with_version', 'with_version > 0'],
    'ESTATE-FIRMWARE-ONE': ['firmware_one_behind', 'with_version', 'with_version > 0'],
    'ESTATE-FIRMWARE-TWO': ['firmware_two_behind', 'with_version', 'with_version > 0'],
    'ESTATE-FIRMWARE-OLDER': ['firmware_older', 'with_version', 'with_version > 0'],
} -%}
with

figures as (

    select * from {{ ref('int_estate__figures') }}

),

counted as (

    {{ each_measure(
        'figures', measures, ['smets', 'region', 'device_type', 'devices'],
        ['counted', 'held_against', 'is_told'],
    ) }}

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        'All' as scope,
        {{ unsplit(except=['smets', 'region', 'device_type']) }},
        smets,
        region,
        device_type,

        -- figure
        cast(case when devices > 0 and is_told then counted end as double) as numerator,
        cast(case when devices > 0 and is_told then held_against end as double) as denominator,
        cast(null as double) as level,
        case
            when devices = 0 then 'No Events'
            when is_told then 'Reported'
            else 'Not Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from counted

)

select * from cells
