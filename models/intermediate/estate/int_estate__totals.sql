{{
    config(
        materialized='incremental',
        incremental_strategy='microbatch',
        event_time='reporting_month',
        batch_size='month',
        begin='2018-01-01',
    )
}}
{%- set currencies = {
    'latest': 'latest', 'one_behind': 'one behind', 'two_behind': 'two behind', 'older': 'older',
} %}
with

evidence as (

    select * from {{ ref('int_estate__evidence') }}
    where in_denominator

),

totals as (

    select
        -- keys
        reporting_month,
        {{ split_or_all(['device_type']) }},

        -- devices
        count(*) as devices,
        count(*) filter (where in_numerator) as not_communicating,
        count(*) filter (where is_noisy) as noisy,

        -- firmware
        {% for column, currency in currencies.items() %}
            count(*) filter (where firmware_currency = '{{ currency }}') as firmware_{{ column }},
        {% endfor %}
        count(*) filter (where firmware_currency is null) as firmware_unknown,
        count(*) filter (where is_ranked_by_number) as firmware_ranked_by_number
    from evidence
    group by reporting_month, {{ all_totals(['device_type']) }}
    having {{ is_no_total_twice() }}

)

select * from totals
