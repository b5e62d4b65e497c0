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

measures as (

    select * from {{ ref('int_measures__with_previous') }}

),

judged as (

    {{ judged_measures('measures') }}

)

select * from judged
