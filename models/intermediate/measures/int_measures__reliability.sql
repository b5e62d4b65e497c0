{#- Of each measure: the column of the figures, and what is null where its extract has not come. -#}
{%- set measures = {
    'REL-INCIDENTS': ['incidents', 'incidents'],
    'REL-INCIDENTS-CAT12': ['incidents_cat_1_2', 'incidents'],
    'REL-INCIDENTS-CAT35': ['incidents_cat_3_5', 'incidents'],
    'REL-MTTR': ['mttr_hours', 'outages'],
    'REL-MTBF': ['mtbf_days', 'outages'],
} -%}
with

reliability as (

    select * from {{ ref('int_availability__reliability') }}

),

components as (

    select * from {{ ref('int_availability__component_hours') }}

),

levels as (
    {% for measure, (column, extract) in measures.items() %}
        select
            reporting_month,
            '{{ measure }}' as measure_id,
            service_id as scope,
            cast({{ column }} as double) as level
        from reliability
        where {{ extract }} is not null
        union all
    {%- endfor %}

    select
        reporting_month,
        'AVAIL-H' as measure_id,
        component_id as scope,
        cast(hours_affected as double) as level
    from components

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        scope,
        {{ unsplit() }},

        -- figure; V5: without an outage there is nothing to repair
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        level,
        case when level is null then 'No Events' else 'Reported' end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from levels

)

select * from cells
