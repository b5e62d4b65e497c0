{#
    Feeds: what a contract says in JSON, and months as text.

    json_list(column)     elements of a JSON list of texts, as a list of varchar
    month_label(month)    `2020-09` of the first day of a month
    next_month(month)     first day of the month after
    previous_month(month) first day of the month before
    quarter_start(month)  first day of the month's quarter
    month_end(month)      last day of the month
    to_number(text)       a number that stands as text
#}
{% macro json_list(column) -%}{{ adapter.dispatch('json_list', 'pmr')(column) }}{%- endmacro %}

{% macro duckdb__json_list(column) -%}
    from_json({{ column }}, '["VARCHAR"]')
{%- endmacro %}

{% macro month_label(month) -%}{{ adapter.dispatch('month_label', 'pmr')(month) }}{%- endmacro %}

{% macro duckdb__month_label(month) -%}
    strftime({{ month }}, '%Y-%m')
{%- endmacro %}

{% macro next_month(month) -%}
    cast({{ month }} + interval 1 month as date)
{%- endmacro %}

{% macro previous_month(month) -%}
    cast({{ month }} - interval 1 month as date)
{%- endmacro %}

{% macro quarter_start(month) -%}
    cast(date_trunc('quarter', {{ month }}) as date)
{%- endmacro %}

{% macro month_end(month) -%}
    cast({{ month }} + interval 1 month - interval 1 day as date)
{%- endmacro %}

{# A number that stands as text; null where the text is words. #}
{% macro to_number(text) -%}{{ adapter.dispatch('to_number', 'pmr')(text) }}{%- endmacro %}

{% macro duckdb__to_number(text) -%}
    try_cast({{ text }} as double)
{%- endmacro %}
