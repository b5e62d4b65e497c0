{#
    Scopes: what else a measure is split by, as text.

    pm_scope(provider, measure_no)   `CSPN PM12.2`
    scope_key(measure_id)            register id of a commentary key: `SP-PM` of `SP-PM/CSPN PM2`
    process_of_grid(grid)            process of a measure's grid: `Pre-Payment` of `places of
                                     Pre-Payment`, null where the grid is of none
    scope_rest(measure_id)           scope of a commentary key: `CSPN PM2`, or All where it has none
#}
{% macro pm_scope(provider, measure_no) -%}
    {{ provider }} || ' PM' || {{ measure_no }}
{%- endmacro %}

{% macro scope_key(measure_id) -%}
    {{ adapter.dispatch('scope_key', 'pmr')(measure_id) }}
{%- endmacro %}

{% macro default__scope_key(measure_id) -%}
    split_part({{ measure_id }}, '/', 1)
{%- endmacro %}

{% macro scope_rest(measure_id) -%}
    {{ adapter.dispatch('scope_rest', 'pmr')(measure_id) }}
{%- endmacro %}

{% macro default__scope_rest(measure_id) -%}
    case
        when position('/' in {{ measure_id }}) = 0 then 'All'
        else substr({{ measure_id }}, position('/' in {{ measure_id }}) + 1)
    end
{%- endmacro %}

{# Whether a text is one of a list that is separated by `|`. #}
{% macro is_among(value, list) -%}
    position('|' || {{ value }} || '|' in '|' || {{ list }} || '|') > 0
{%- endmacro %}

{% macro process_of_grid(grid) -%}
    case
        when {{ grid }} like 'places of %' and {{ grid }} <> 'places of SMETS2+'
            then substr({{ grid }}, length('places of ') + 1)
    end
{%- endmacro %}

{#
    The scope under which commentary is asked for (COMM). Of a measure that is split by business
    process each answers for itself, named where commentary names a scope elsewhere; a measure of
    one process is asked for by its own name.
#}
{% macro asked_scope(measures, register) -%}
    case
        when {{ measures }}.scope = 'All' and {{ register }}.business_process is null
            then {{ measures }}.business_process
        else {{ measures }}.scope
    end
{%- endmacro %}
