{{
    config(
        materialized='incremental',
        incremental_strategy='microbatch',
        event_time='reporting_month',
        batch_size='month',
        begin='2018-01-01',
    )
}}
{%- set counts = [
    'requested', 'acknowledged', 'verified', 'verification_failed', 'in_progress', 'silent',
    'activations', 'activations_succeeded',
] %}
with

parts as (

    select * from {{ ref('int_firmware__parts') }}

),

totals as (

    select
        {% for column in counts %}
            cast(sum({{ column }}) as bigint) as {{ column }},
        {% endfor %}
        count(distinct received) as hans_received,
        reporting_month,
        {{ split_or_all(['device_type']) }}
    from parts
    group by reporting_month, {{ all_totals(['device_type']) }}
    having {{ is_no_total_twice() }}

)

select * from totals
