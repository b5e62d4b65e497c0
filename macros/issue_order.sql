{# Number by which issues of one month stand in order: v10.0 comes after v2.1, as no text would. #}
{% macro issue_order(issue) -%}{{ adapter.dispatch('issue_order', 'pmr')(issue) }}{%- endmacro %}

{% macro default__issue_order(issue) -%}
    1000 * cast(split_part(substr({{ issue }}, 2), '.', 1) as integer)
    + cast(split_part({{ issue }}, '.', 2) as integer)
{%- endmacro %}
