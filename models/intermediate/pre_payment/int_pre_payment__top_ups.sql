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
    'attempts', 'succeeded', 'devices', 'continued', 'sequences', 'first_time', 'by_second', 'never',
    'credits',
] %}
with

parts as (

    select * from {{ ref('int_pre_payment__top_up_parts') }}

),

totals as (

    select
        {% for column in counts %}
            cast(sum({{ column }}) as bigint) as {{ column }},
        {% endfor %}
        reporting_month,
        {{ split_or_all(['device_type']) }}
    from parts
    group by reporting_month, {{ all_totals(['device_type']) }}
    having {{ is_no_total_twice() }}

)

select * from totals
