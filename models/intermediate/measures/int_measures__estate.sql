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
    {% for measure, (part, whole, is_told) in measures.items() %}
        select
            reporting_month,
            '{{ measure }}' as measure_id,
            smets,
            region,
            device_type,
            cast({{ part }} as double) as counted,
            cast({{ whole }} as double) as held_against,
            devices,
            {{ is_told }} as is_told
        from figures
        {{ 'union all' if not loop.last }}
    {%- endfor %}
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
        case when devices > 0 and is_told then counted end as numerator,
        case when devices > 0 and is_told then held_against end as denominator,
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
