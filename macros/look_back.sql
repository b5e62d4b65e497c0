{#
    The look-back of meter reads (O3): exactly the sixty local days before a request's own.

    silent_after_days()             how many days
    first_day_looked_at(month)      first day that any request of the month looks back to
    day_plus(day, days)             a date some days later; days is a whole number
#}
{% macro silent_after_days() -%}60{%- endmacro %}

{% macro first_day_looked_at(month) -%}
    {{ day_plus(month, '-' ~ silent_after_days()) }}
{%- endmacro %}

{% macro day_plus(day, days) -%}
    cast({{ day }} + interval ({{ days }}) day as date)
{%- endmacro %}
