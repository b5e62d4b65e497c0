{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='fct_service_requests',
    )
}}
with

requests as (

    select * from {{ ref('fct_service_requests') }}
    where attribution_rule = 'A-READ' and {{ in_period('activity_date') }}

),

summed as (

    select
        -- keys
        reporting_month,
        activity_date,
        srv,
        smets,
        region,

        -- meter reads, those of silent devices among them
        count(*) as asked,
        count(*) filter (where {{ is_failed_read() }}) as failed,
        count(*) filter (where {{ is_scheduled_read() }}) as scheduled,
        count(*) filter (where {{ is_read_within_24h() }}) as scheduled_within_24h
    from requests
    group by reporting_month, activity_date, srv, smets, region

)

select * from summed
