with

landed as (

    select * from {{ ref('int_feeds__landed_parts') }}

),

by_month as (

    select
        reporting_month,
        bool_or(system = 'dsp' and feed = 'service_requests') as has_requests,
        bool_or(system = 'dsp' and feed = 'device_status') as has_statuses,
        bool_or(system = 'csp' and feed = 'install_and_leave') as has_investigations
    from landed
    group by reporting_month

)

select * from by_month
