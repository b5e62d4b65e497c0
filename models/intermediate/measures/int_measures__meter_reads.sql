{#- Of each measure: what is counted, and what it is held against. -#}
{%- set measures = {
    'B1': ['failed', 'requests'],
    'B1-SILENT': ['silent_device_requests', 'null'],
    'B1-24H': ['scheduled_within_24h', 'scheduled'],
} -%}
with

figures as (

    select * from {{ ref('int_reads__place_figures') }}

),

levels as (
    {% for measure, (numerator, denominator) in measures.items() %}
        select
            reporting_month,
            '{{ measure }}' as measure_id,
            srv,
            smets,
            region,
            cast({{ numerator }} as double) as numerator,
            cast({{ denominator }} as double) as denominator,
            case
                {% if measure == 'B1' %}
                    -- reads there were, and all of them of silent devices
                    when requests = 0 and silent_device_requests > 0 then 'Data Exempted'
                {% endif %}
                when {{
                    'requests + silent_device_requests' if denominator == 'null' else denominator
                }} = 0 then 'No Events'
                else 'Reported'
            end as state
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
        'Meter Reads' as business_process,
        {{ unsplit(except=['business_process', 'srv', 'smets', 'region']) }},
        srv,
        smets,
        region,

        -- figure
        numerator,
        denominator,
        cast(null as double) as level,
        state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from levels

)

select * from cells
