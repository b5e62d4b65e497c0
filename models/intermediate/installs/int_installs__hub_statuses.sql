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

),

devices as (

    select * from {{ ref('int_devices__in_month') }}
    where {{ in_months_of_period('reporting_month') }}

),

-- O6: what was told of a hub and succeeded (S5), whichever device of its HAN the request names
told as (

    select
        activity_date,
        reporting_month,
        comms_hub_id as hub_id,
        min(region) as region,
        bool_or(srv = '8.14.1') as is_commissioned
    from requests
    where
        {{ in_period('activity_date') }}
        and is_reported
        and smets = 'SMETS2+'
        and srv in ('8.14.1', '8.14.2')
        and response_sent_at is not null
        and response_code = 'I0'
    group by activity_date, reporting_month, comms_hub_id

),

-- A hub has one region; of one in no snapshot its device's is known.
placed as (

    select
        -- keys
        told.activity_date,
        told.reporting_month,
        told.hub_id,
        coalesce(devices.region, told.region) as region,

        -- what became of it that day
        case when told.is_commissioned then 'commissioned' else 'left' end as outcome
    from told
    left join devices
        on told.reporting_month = devices.reporting_month and told.hub_id = devices.device_id

)

select * from placed
