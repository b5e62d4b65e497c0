{#- Of each measure what is counted; it is held against the attempts. -#}
{%- set measures = {'CHF1': 'delivered', 'CHF2': 'activated'} -%}
with

figures as (

    select * from {{ ref('int_firmware__hub_figures') }}

),

cells as (
    {% for measure, part in measures.items() %}
        select
            -- keys
            reporting_month,
            '{{ measure }}' as measure_id,
            'All' as scope,
            {{ unsplit(except=['smets', 'region']) }},
            smets,
            region,

            -- figure
            cast({{ part }} as double) as numerator,
            cast(attempted as double) as denominator,
            cast(null as double) as level,
            case when attempted = 0 then 'No Events' else 'Reported' end as state,

            -- limits
            cast(null as double) as target,
            cast(null as double) as minimum
        from figures
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from cells
