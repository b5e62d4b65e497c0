{#- Of each measure: of which alerts, what is counted, and what it is held against. -#}
{%- set measures = {
    'A1': ['every', 'on_time', 'eligible'],
    'A1-FAIL': ['every', 'late', 'null'],
    'A1-POWER-60S': ['power', 'le_60s', 'eligible'],
    'A1-POWER-5M': ['power', 'le_5m', 'eligible'],
    'A1-POWER-1H': ['power', 'le_1h', 'eligible'],
    'A1-POWER-LATER': ['power', 'later', 'eligible'],
    'A1-POWER-NEVER': ['power', 'never', 'eligible'],
} -%}
with

figures as (

    select * from {{ ref('int_alerts__delivery_figures') }}

),

counts as (
    {% for measure, (alert_set, part, whole) in measures.items() %}
        select
            reporting_month,
            '{{ measure }}' as measure_id,
            alert_code,
            smets,
            region,
            raised,
            eligible,
            cast({{ part }} as double) as numerator,
            cast({{ whole }} as double) as denominator
        from figures
        where alert_set = '{{ alert_set }}'
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        alert_code as scope,
        {{ unsplit(except=['smets', 'region']) }},
        smets,
        region,

        -- figure
        numerator,
        denominator,
        cast(null as double) as level,
        case
            when raised = 0 then 'No Events'
            -- suppressed or exempt, every one of them
            when eligible = 0 then 'Data Exempted'
            else 'Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from counts

)

select * from cells
