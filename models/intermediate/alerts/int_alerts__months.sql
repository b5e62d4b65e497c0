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

    select * from {{ ref('int_alerts__days_in_period') }}

),

medians as (

    select * from {{ ref('int_alerts__leg_medians') }}

),

totals as (

    select
        reporting_month,
        {{ split_or_all(['alert_code']) }},
        cast(sum(alerts) as bigint) as alerts,
        cast(sum(alert_rows) as bigint) as alert_rows,
        cast(sum(to_csp_measured) as bigint) as to_csp_measured,
        sum(to_csp_us_sum) as to_csp_us_sum,
        cast(sum(to_dsp_measured) as bigint) as to_dsp_measured,
        sum(to_dsp_us_sum) as to_dsp_us_sum,
        cast(sum(to_send_measured) as bigint) as to_send_measured,
        sum(to_send_us_sum) as to_send_us_sum,
        cast(sum(to_acknowledge_measured) as bigint) as to_acknowledge_measured,
        sum(to_acknowledge_us_sum) as to_acknowledge_us_sum
    from days
    group by reporting_month, {{ all_totals(['alert_code']) }}
    having {{ is_no_total_twice() }}

),

by_leg as (

    select
        reporting_month,
        alert_code,
        smets,
        region,
        max(median_us) filter (where leg = 'csp') as to_csp_median_us,
        max(median_us) filter (where leg = 'dsp') as to_dsp_median_us,
        max(median_us) filter (where leg = 'send') as to_send_median_us,
        max(median_us) filter (where leg = 'acknowledge') as to_acknowledge_median_us
    from medians
    group by reporting_month, alert_code, smets, region

),

timed as (

    select
        -- keys
        totals.reporting_month,
        totals.alert_code,
        totals.smets,
        totals.region,

        -- volume
        totals.alerts,
        totals.alert_rows,

        -- to the CSP
        totals.to_csp_measured,
        totals.to_csp_us_sum / nullif(totals.to_csp_measured, 0) / 1000000
            as to_csp_mean_seconds,
        by_leg.to_csp_median_us / 1000000 as to_csp_median_seconds,

        -- to the DSP
        totals.to_dsp_measured,
        totals.to_dsp_us_sum / nullif(totals.to_dsp_measured, 0) / 1000000
            as to_dsp_mean_seconds,
        by_leg.to_dsp_median_us / 1000000 as to_dsp_median_seconds,

        -- to the sending
        totals.to_send_measured,
        totals.to_send_us_sum / nullif(totals.to_send_measured, 0) / 1000000
            as to_send_mean_seconds,
        by_leg.to_send_median_us / 1000000 as to_send_median_seconds,

        -- to the acknowledgement
        totals.to_acknowledge_measured,
        totals.to_acknowledge_us_sum / nullif(totals.to_acknowledge_measured, 0) / 1000000
            as to_acknowledge_mean_seconds,
        by_leg.to_acknowledge_median_us / 1000000 as to_acknowledge_median_seconds
    from totals
    left join by_leg
        on
            totals.reporting_month = by_leg.reporting_month
            and totals.alert_code = by_leg.alert_code
            and totals.smets = by_leg.smets
            and totals.region = by_leg.region

)

select * from timed
