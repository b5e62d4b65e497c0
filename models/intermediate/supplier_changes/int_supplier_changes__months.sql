{{
    config(
        materialized='incremental',
        incremental_strategy='microbatch',
        event_time='reporting_month',
        batch_size='month',
        begin='2018-01-01',
    )
}}
with

days as (

    select * from {{ ref('int_supplier_changes__days') }}

),

totals as (

    select
        -- keys
        reporting_month,
        {{ split_or_all(['device_type', 'response_code']) }},

        -- what became of the changes
        {{ supplier_change_counts() }}
    from days
    group by reporting_month, {{ all_totals(['device_type', 'response_code']) }}
    having {{ is_no_total_twice() }}

)

select * from totals
