with

days as (

    select * from {{ ref('int_rsvp__days_in_period') }}

),

months as (

    select * from {{ ref('int_rsvp__months') }}

),

totals as (

    {{ rsvp_totals('days', ['reporting_month', 'activity_date']) }}

),

final as (

    select
        -- keys
        totals.reporting_month,
        totals.activity_date,
        totals.business_process,
        totals.srv,
        totals.timing_class,
        totals.smets,
        totals.region,
        totals.device_type,

        -- volume
        totals.volume,
        totals.responses,
        totals.volume - totals.responses as without_response,

        -- speed
        totals.mean_rtt_seconds,
        totals.max_rtt_seconds,
        totals.interim_rtt_seconds,
        months.mean_rtt_seconds as month_mean_rtt_seconds,
        totals.within_trt,
        totals.with_trt,

        -- payload
        totals.delivery_failures
    from totals
    inner join months
        on
            totals.reporting_month = months.reporting_month
            and totals.business_process = months.business_process
            and totals.srv = months.srv
            and totals.timing_class = months.timing_class
            and totals.device_type = months.device_type
            and totals.smets = months.smets
            and totals.region = months.region

)

select * from final
