{#
    The norm of an hour or quarter-hour (O10): what the four weeks before had at the same local
    weekday and time.

    quarter_hour(ts)              start of the quarter-hour that a UTC timestamp lies in
    next_quarter_hour(ts)         start of the first quarter-hour that does not begin before it
    minutes_later(ts, minutes)    a timestamp some minutes that really pass later
    weeks_earlier(local, weeks)   a local wall-clock timestamp some weeks earlier
    norm(sum, weeks)              mean of a sum over weeks; null where fewer than two are known
    deviation(actual, norm)       (actual − norm) ÷ norm; null where nothing was expected
    norm_state(norm)              compared, nothing expected, or no history
    minute_label(ts)              `2020-09-07 15:30` of a timestamp
#}
{% macro quarter_hour(ts) -%}{{ adapter.dispatch('quarter_hour', 'pmr')(ts) }}{%- endmacro %}

{% macro duckdb__quarter_hour(ts) -%}
    time_bucket(interval 15 minute, {{ ts }})
{%- endmacro %}

{% macro next_quarter_hour(ts) -%}
    {{ adapter.dispatch('next_quarter_hour', 'pmr')(ts) }}
{%- endmacro %}

{% macro duckdb__next_quarter_hour(ts) -%}
    time_bucket(interval 15 minute, {{ ts }} + interval 899999999 microsecond)
{%- endmacro %}

{% macro minutes_later(ts, minutes) -%}
    {{ ts }} + interval ({{ minutes }}) minute
{%- endmacro %}

{% macro weeks_earlier(local_ts, weeks) -%}
    {{ local_ts }} - interval (7 * {{ weeks }}) day
{%- endmacro %}

{% macro norm(sum_of_weeks, weeks) -%}
    case when {{ weeks }} >= 2 then {{ sum_of_weeks }} / {{ weeks }} end
{%- endmacro %}

{% macro deviation(actual, norm) -%}
    ({{ actual }} - {{ norm }}) / nullif({{ norm }}, 0)
{%- endmacro %}

{% macro norm_state(norm) -%}
    case
        when {{ norm }} is null then 'no history'
        when {{ norm }} = 0 then 'nothing expected'
        else 'compared'
    end
{%- endmacro %}

{% macro minute_label(ts) -%}{{ adapter.dispatch('minute_label', 'pmr')(ts) }}{%- endmacro %}

{% macro duckdb__minute_label(ts) -%}
    strftime({{ ts }}, '%Y-%m-%d %H:%M')
{%- endmacro %}
