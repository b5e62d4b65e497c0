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

targets as (

    select * from {{ ref('process_measure_targets') }}
    where business_process = 'Change of Supplier (Gain)'

),

counted as (
    {% for measure, (part, whole, condition) in measures.items() %}
        select
            reporting_month,
            '{{ measure }}' as measure_id,
            response_code as scope,
            smets,
            region,
            device_type,
            attempts,
            {{ part }} as numerator,
            {{ whole }} as denominator
        from figures
        where {{ condition }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

cells as (

    select
        -- keys
        counted.reporting_month,
        counted.measure_id,
        counted.scope,
        {{ unsplit(except=['smets', 'region', 'device_type']) }},
        counted.smets,
        counted.region,
        counted.device_type,

        -- figure
        cast(case when counted.attempts > 0 then counted.numerator end as double) as numerator,
        cast(case when counted.attempts > 0 then counted.denominator end as double) as denominator,
        cast(null as double) as level,
        case when counted.attempts = 0 then 'No Events' else 'Reported' end as state,

        -- limits
        targets.target,
        targets.minimum
    from counted
    left join targets
        on
            counted.measure_id = targets.measure_id
            and counted.smets = targets.smets
            and counted.region = targets.region
            and counted.device_type = targets.device_type
            and counted.reporting_month >= targets.valid_from
            and counted.reporting_month <= coalesce(targets.valid_to, counted.reporting_month)

)

select * from cells
