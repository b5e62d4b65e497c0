{#
    First day of the month that this run builds, as a date literal; for the few models that make a
    month's rows out of reference data alone. Every other model takes the month from its rows.
    It comes from --event-time-start, so that a run of another month parses nothing again.
#}
{% macro reporting_month() -%}
    {%- set start = invocation_args_dict.get('event_time_start') -%}
    {%- if start -%}
        date '{{ (start | string)[:10] }}'
    {%- else -%}
        date '{{ env_var("PMR_MONTH", "1970-01-01") }}'
    {%- endif -%}
{%- endmacro %}
