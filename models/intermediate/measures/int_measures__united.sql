{#- The families, and of each what it gives beyond the columns that all of them have. -#}
{%- set families = {
    'int_measures__code_performance': [],
    'int_measures__credits': [],
    'int_measures__exceptions': [],
    'int_measures__incident_ageing': [],
    'int_measures__incident_exclusions': [],
    'int_measures__incident_levels': [],
    'int_measures__incident_resolution': [],
    'int_measures__incidents_major': [],
    'int_measures__incidents_reopened': [],
    'int_measures__information': [],
    'int_measures__problems': [],
    'int_measures__provider_volumes': [],
    'int_measures__service_providers': ['unit', 'direction', 'formula'],
    'int_measures__awaited': [],
} -%}

with

{% for family, own in families.items() -%}
{{ family }} as (

    select
        reporting_month,
        measure_id,
        scope,
        business_process,
        srv,
        smets,
        region,
        device_type,
        numerator,
        denominator,
        level,
        state,
        target,
        minimum,
        {%- for column in ['unit', 'direction', 'formula'] %}
        {{ column if column in own else 'cast(null as varchar) as ' ~ column }},
        {%- endfor %}
        '{{ family }}' as model
    from {{ ref(family) }}

),

{% endfor -%}
united as (
{% for family in families %}
    select * from {{ family }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
)

select * from united
