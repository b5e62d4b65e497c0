with

landed as (

    select * from {{ ref('int_feeds__landed_parts') }}

),

by_month as (

    select
        reporting_month,
        bool_or(system = 'dsp' and feed = 'service_requests') as has_requests,
        bool_or(system = 'dsp' and feed = 'firmware_targets') as has_targets,
        bool_or(system = 'dsp' and feed = 'alerts') as has_alerts,
        bool_or(system = 'csp' and feed = 'image_deliveries') as has_deliveries,
        bool_or(system = 'csp' and feed = 'hub_firmware') as has_hub_firmware
    from landed
    group by reporting_month

)

select * from by_month
