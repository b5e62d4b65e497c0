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

    select * from {{ ref('int_rsvp__days_in_period') }}

),

medians as (

    select * from {{ ref('int_rsvp__medians') }}

),

totals as (

    {{ rsvp_totals('days', ['reporting_month']) }}

),

joined as (

    select
        totals.*,
        medians.median_us / 1000000 as median_rtt_seconds
    from totals
    left join medians
        on
            totals.reporting_month = medians.reporting_month
            and totals.business_process = medians.business_process
            and totals.srv = medians.srv
            and totals.timing_class = medians.timing_class
            and totals.device_type = medians.device_type
            and totals.smets = medians.smets
            and totals.region = medians.region

)

select * from joined
