with

months as (

    select * from {{ ref('int_reads__months') }}

),

final as (

    select
        -- keys
        reporting_month,
        srv,
        smets,
        region,

        -- meter reads of devices that are not silent
        requests,
        failed,
        100.0 * failed / nullif(requests, 0) as failed_pct,
        scheduled,
        scheduled_within_24h,
        100.0 * scheduled_within_24h / nullif(scheduled, 0) as scheduled_within_24h_pct,

        -- those of silent ones, and how far back it could be seen
        silent_device_requests,
        history_days
    from months

)

select * from final
