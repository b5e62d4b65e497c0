{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='fct_alerts',
    )
}}
{%- set deliveries = [
    'le_60s', 'le_5m', 'le_1h', 'later', 'never', 'suppressed', 'exempt',
] %}
with

alerts as (

    select * from {{ ref('int_alerts__banded') }}
    where {{ in_period('activity_date') }}

),

summed as (

    select
        -- keys
        reporting_month,
        activity_date,
        alert_code,
        smets,
        region,

        -- an alert that stands for several counts as them (O9)
        count(*) as alert_rows,
        cast(sum(alert_count) as bigint) as alerts,

        -- what became of them (O9)
        cast(sum(case when is_eligible then alert_count else 0 end) as bigint) as eligible,
        cast(sum(case when on_time then alert_count else 0 end) as bigint) as on_time,
        {% for delivery in deliveries %}
            cast(
                sum(case when delivery = '{{ delivery }}' then alert_count else 0 end) as bigint
            ) as {{ delivery }},
        {% endfor %}

        -- a row is one measured time, whatever it stands for
        count(seconds_to_csp) as to_csp_measured,
        sum({{ whole_microseconds('seconds_to_csp') }}) as to_csp_us_sum,
        count(seconds_to_dsp) as to_dsp_measured,
        sum({{ whole_microseconds('seconds_to_dsp') }}) as to_dsp_us_sum,
        count(seconds_to_send) as to_send_measured,
        sum({{ whole_microseconds('seconds_to_send') }}) as to_send_us_sum,
        count(seconds_to_acknowledge) as to_acknowledge_measured,
        sum({{ whole_microseconds('seconds_to_acknowledge') }}) as to_acknowledge_us_sum
    from alerts
    group by reporting_month, activity_date, alert_code, smets, region

)

select * from summed
