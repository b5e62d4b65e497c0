{# The exact median, interpolated between the two middle values; a filter clause may follow it. #}
{% macro exact_median(value) -%}{{ adapter.dispatch('exact_median', 'pmr')(value) }}{%- endmacro %}

{% macro default__exact_median(value) -%}
    median({{ value }})
{%- endmacro %}
