with

landed as (

    select * from {{ ref('int_feeds__landed_parts') }}

),

by_month as (

    select
        reporting_month,
        bool_or(feed = 'devices') as has_snapshot,
        bool_or(feed = 'service_requests') as has_requests,
        bool_or(feed = 'alerts') as has_alerts
    from landed
    where system = 'dsp'
    group by reporting_month

)

select * from by_month
