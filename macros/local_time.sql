{#
    Clocks (T2). Timestamps of extracts are UTC without a zone; periods, days and bands are local.

    to_local(ts)                 local wall-clock timestamp of a UTC timestamp
    to_utc(ts)                   UTC timestamp of a local wall-clock timestamp
    local_month(ts)              first day of the local month of a UTC timestamp
    extract_point(month)         UTC timestamp of 00:00 local on the 1st of the following month
    month_start(month)           UTC timestamp of 00:00 local on the 1st of the month
    day_end(day)                 UTC timestamp of 00:00 local on the day after
    local_time_of(ts, time)      UTC timestamp of a time of the clock on the local day of a timestamp
    iso_weekday(ts)              weekday of a local timestamp or date, 1 (Monday) to 7
    days_between(first, until)   rows of the days from the first to the one before `until`
#}
{% macro to_local(ts) -%}{{ adapter.dispatch('to_local', 'pmr')(ts) }}{%- endmacro %}

{% macro default__to_local(ts) -%}
    timezone('{{ var("time_zone") }}', timezone('UTC', {{ ts }}))
{%- endmacro %}

{% macro to_utc(ts) -%}{{ adapter.dispatch('to_utc', 'pmr')(ts) }}{%- endmacro %}

{% macro default__to_utc(ts) -%}
    timezone('UTC', timezone('{{ var("time_zone") }}', {{ ts }}))
{%- endmacro %}

{% macro local_month(ts) -%}
    cast(date_trunc('month', {{ to_local(ts) }}) as date)
{%- endmacro %}

{% macro month_start(month) -%}
    {{ to_utc("cast(" ~ month ~ " as timestamp)") }}
{%- endmacro %}

{% macro extract_point(month) -%}
    {{ to_utc("cast(" ~ month ~ " as timestamp) + interval 1 month") }}
{%- endmacro %}

{% macro day_end(day) -%}
    {{ to_utc("cast(" ~ day ~ " as timestamp) + interval 1 day") }}
{%- endmacro %}

{% macro local_time_of(ts, time) -%}
    {{ to_utc('cast(' ~ to_local(ts) ~ ' as date) + ' ~ time) }}
{%- endmacro %}

{% macro iso_weekday(ts) -%}
    extract(isodow from {{ ts }})
{%- endmacro %}

{% macro days_between(first, until) -%}
    {{ adapter.dispatch('days_between', 'pmr')(first, until) }}
{%- endmacro %}

{% macro default__days_between(first, until) -%}
    (
        select cast(listed.day as date) as day
        from
            unnest(range(cast({{ first }} as timestamp), cast({{ until }} as timestamp), interval 1 day))
                as listed (day)
    )
{%- endmacro %}
