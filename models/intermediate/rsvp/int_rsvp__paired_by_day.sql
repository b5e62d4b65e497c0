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
    where is_reported and {{ in_period('activity_date') }}

),

credential_srvs as (

    select srv
    from {{ ref('business_process_srvs') }}
    where business_process = 'Security and Key Management'

),

by_device as (

    select
        requests.reporting_month,
        requests.activity_date,
        requests.srv,
        requests.smets,
        requests.region,
        requests.device_id,
        count(*) as requests
    from requests
    inner join credential_srvs on requests.srv = credential_srvs.srv
    group by
        requests.reporting_month, requests.activity_date, requests.srv, requests.smets,
        requests.region, requests.device_id

),

-- A10: of three requests two are a pair, and one waits for its fellow.
paired as (

    select
        -- keys
        reporting_month,
        activity_date,
        srv,
        smets,
        region,

        -- requests
        cast(sum(requests) as bigint) as requests,
        cast(sum(requests - requests % 2) as bigint) as in_complete_pairs
    from by_device
    group by reporting_month, activity_date, srv, smets, region

)

select * from paired
