{#
    Time that really passes between two UTC timestamps, whatever the clocks do (T2).

    microseconds_between(start, end)   whole microseconds, exact: comparisons with a target use it
    earliest(a, b)                     the earlier of two timestamps; a missing one does not count
    whole_microseconds(seconds)        whole microseconds of a time in seconds
#}
{% macro microseconds_between(started_at, ended_at) -%}
    {{ adapter.dispatch('microseconds_between', 'pmr')(started_at, ended_at) }}
{%- endmacro %}

{% macro default__microseconds_between(started_at, ended_at) -%}
    (epoch_us({{ ended_at }}) - epoch_us({{ started_at }}))
{%- endmacro %}

{% macro earliest(first, second) -%}
    {{ adapter.dispatch('earliest', 'pmr')(first, second) }}
{%- endmacro %}

{% macro default__earliest(first, second) -%}
    coalesce(least({{ first }}, {{ second }}), {{ first }}, {{ second }})
{%- endmacro %}

{# Exact, since no time here has a finer unit. #}
{% macro whole_microseconds(seconds) -%}
    cast(round({{ seconds }} * 1000000) as bigint)
{%- endmacro %}
