{#
    Measure families under one another, in the columns that all of them have.

    union_families({'int_measures__…': ['unit'], …})

    Of each family, what it gives beyond those columns: unit, direction, formula; null where it does
    not.
#}
{% macro union_families(families) -%}
    {%- for family, own_columns in families.items() %}
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
        {{ column if column in own_columns else 'cast(null as varchar) as ' ~ column }},
        {%- endfor %}
        '{{ family }}' as family_model
    from {{ ref(family) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
