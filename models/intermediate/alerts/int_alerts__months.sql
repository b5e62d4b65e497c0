{{
    config(
        materialized='incremental',
        incremental_strategy='microbatch',
        event_time='reporting_month',
        batch_size='month',
        begin='2018-01-01',
    )
}}
{%- set legs = ['csp', 'dsp', 'send', 'acknowledge'] %}
with

days as (

    select * from {{ ref('int_alerts__days_in_period') }}

),

medians as (

    select * from {{ ref('int_alerts__leg_medians') }}

),

totals as (

    select
        reporting_month,
        {{ split_or_all(['alert_code']) }},
        {% for leg in legs %}
            cast(sum(to_{{ leg }}_measured) as bigint) as to_{{ leg }}_measured,
            sum(to_{{ leg }}_us_sum) / nullif(sum(to_{{ leg }}_measured), 0) / 1000000
                as to_{{ leg }}_mean_seconds,
        {% endfor %}
        cast(sum(alerts) as bigint) as alerts,
        cast(sum(alert_rows) as bigint) as alert_rows
    from days
    group by reporting_month, {{ all_totals(['alert_code']) }}
    having {{ is_no_total_twice() }}

),

by_leg as (

    select
        {% for leg in legs %}
            max(case when leg = '{{ leg }}' then median_us end) / 1000000
                as to_{{ leg }}_median_seconds,
        {% endfor %}
        reporting_month,
        alert_code,
        smets,
        region
    from medians
    group by reporting_month, alert_code, smets, region

),

timed as (

    select
        {% for leg in legs %}
            by_leg.to_{{ leg }}_median_seconds,
        {% endfor %}
        totals.*
    from totals
    left join by_leg
        on
            totals.reporting_month = by_leg.reporting_month
            and totals.alert_code = by_leg.alert_code
            and totals.smets = by_leg.smets
            and totals.region = by_leg.region

)

select * from timed
