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

evidence as (

    select * from {{ ref('int_pre_payment__evidence') }}
    where measure_id = 'PP2' and in_denominator

),

totals as (

    select
        reporting_month,
        {{ split_or_all(['srv', 'device_type']) }},
        count(*) as requests,
        count(*) filter (where in_numerator) as succeeded
    from evidence
    group by reporting_month, {{ all_totals(['srv', 'device_type']) }}
    having {{ is_no_total_twice() }}

)

select * from totals
