{# Value of one column in the row where another is greatest (least), missing values included. #}
{% macro value_at_max(column, greatest) -%}
    {{ adapter.dispatch('value_at_max', 'pmr')(column, greatest) }}
{%- endmacro %}

{% macro duckdb__value_at_max(column, greatest) -%}
    arg_max_null({{ column }}, {{ greatest }})
{%- endmacro %}

{% macro value_at_min(column, least) -%}
    {{ adapter.dispatch('value_at_min', 'pmr')(column, least) }}
{%- endmacro %}

{% macro duckdb__value_at_min(column, least) -%}
    arg_min_null({{ column }}, {{ least }})
{%- endmacro %}
