{%- set counts = [
    'suppressed', 'exempt', 'eligible', 'on_time', 'le_60s', 'le_5m', 'le_1h', 'later', 'never',
] -%}
with

days as (

    select * from {{ ref('int_alerts__days_in_period') }}

),

totals as (

    select
        -- keys
        reporting_month,
        {{ split_or_all(['alert_code']) }},

        -- what was raised, and what became of it (O9)
        {% for count in counts %}
            cast(sum({{ count }}) as bigint) as {{ count }},
        {% endfor %}
        cast(sum(alerts) as bigint) as raised,
        cast(sum(eligible) - sum(on_time) as bigint) as late
    from days
    group by reporting_month, {{ all_totals(['alert_code']) }}
    having {{ is_no_total_twice() }}

)

select * from totals
