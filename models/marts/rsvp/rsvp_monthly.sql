with

months as (

    select * from {{ ref('int_rsvp__months') }}

),

final as (

    select
        -- keys
        reporting_month,
        business_process,
        srv,
        timing_class,
        smets,
        region,
        device_type,

        -- volume
        volume,
        responses,

        -- speed
        mean_rtt_seconds,
        median_rtt_seconds,
        min_rtt_seconds,
        max_rtt_seconds,
        interim_rtt_seconds,
        within_trt,
        with_trt,
        100.0 * within_trt / nullif(with_trt, 0) as within_trt_pct,

        -- payload
        delivery_failures,
        100.0 * delivery_failures / volume as delivery_failure_pct,
        received_successful,
        received_unsuccessful,
        not_received_successful,
        not_received_unsuccessful
    from months

)

select * from final
