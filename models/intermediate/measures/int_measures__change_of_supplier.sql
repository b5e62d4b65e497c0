{#- Of each measure: what is counted, what it is held against, and which cells have it. -#}
{%- set by_code = "device_type = 'All'" -%}
{%- set measures = {
    'COS1': ['succeeded', 'attempts', "response_code = 'All'"],
    'COS1-WHY': ['failed', 'null', by_code ~ " and (response_code = 'All' or failed > 0)"],
    'COS1-WHY-USER': [
        'user_caused', 'null', by_code ~ " and (response_code = 'All' or user_caused > 0)"
    ],
} -%}
with

figures as (

    select * from {{ ref('int_supplier_changes__place_figures') }}

),

counted as (

    {{ each_measure(
        'figures', measures, ['response_code', 'smets', 'region', 'device_type', 'attempts'],
        ['numerator', 'denominator', 'condition'],
    ) }}

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        response_code as scope,
        'Change of Supplier (Gain)' as business_process,
        {{ unsplit(except=['business_process', 'smets', 'region', 'device_type']) }},
        smets,
        region,
        device_type,

        -- figure
        cast(case when attempts > 0 then numerator end as double) as numerator,
        cast(case when attempts > 0 then denominator end as double) as denominator,
        cast(null as double) as level,
        case when attempts = 0 then 'No Events' else 'Reported' end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from counted

)

select * from cells
