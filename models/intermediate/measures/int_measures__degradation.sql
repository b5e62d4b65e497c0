{#- Of each measure: what happened in the hours, and what was to be expected. -#}
{%- set measures = {
    'IC2-REQUESTS': ['requests', 'requests_norm'],
    'IC2-INSTALLS': ['installs', 'installs_norm'],
} -%}
with

figures as (

    select * from {{ ref('int_traffic__degradation_figures') }}

),

levels as (

    {% for measure, (actual, norm) in measures.items() %}
        select
            reporting_month,
            '{{ measure }}' as measure_id,
            {{ actual }} as actual,
            {{ norm }} as norm,
            hours
        from figures
        union all
    {% endfor %}
    -- A month without an hour of which there is history has none of it, and that is a figure.
    select
        reporting_month,
        'IC2-HISTORY' as measure_id,
        hours_with_norm as actual,
        nullif(hours_in_all, 0) as norm,
        hours_in_all as hours
    from figures

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        'All' as scope,
        {{ unsplit() }},

        -- figure
        case when norm > 0 then cast(actual as double) end as numerator,
        case when norm > 0 then norm end as denominator,
        cast(null as double) as level,
        case
            when hours = 0 then 'No Events'
            -- O10: none of the hours has a norm, and that is not nought
            when norm is null then 'Not Reported'
            when norm = 0 then 'No Events'
            else 'Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from levels

)

select * from cells
