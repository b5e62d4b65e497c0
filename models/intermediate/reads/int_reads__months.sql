{%- set counts = ['requests', 'failed', 'scheduled', 'scheduled_within_24h'] -%}
with

days as (

    select * from {{ ref('int_reads__days_in_period') }}

),

history as (

    select * from {{ ref('int_reads__history') }}

),

totals as (

    select
        reporting_month,
        {{ split_or_all(['srv']) }},
        {% for column in counts %}
            cast(sum({{ column }}) as bigint) as {{ column }},
        {% endfor %}
        cast(sum(silent_device_requests) as bigint) as silent_device_requests
    from days
    group by reporting_month, {{ all_totals(['srv']) }}
    having {{ is_no_total_twice() }}

),

joined as (

    select
        totals.*,
        history.history_days
    from totals
    inner join history on totals.reporting_month = history.reporting_month

)

select * from joined
