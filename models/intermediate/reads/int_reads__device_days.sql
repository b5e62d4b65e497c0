{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='int_requests__file_inputs',
        period_scope='all',
        reads_feed='dsp/service_requests',
    )
}}
-- depends_on: {{ ref('int_requests__file_inputs') }}
with

requests as (

    select * from {{ ref('int_requests__categorised') }}

),

rules as (

    select * from {{ ref('attribution_rules') }}

),

read_srvs as (

    select
        rules.srv,
        count(refusals.srv) = 0 as applies_to_smets1
    from rules
    left join rules as refusals
        on rules.srv = refusals.srv and refusals.condition = 'not_applicable_to_smets1'
    where rules.attribution_rule = 'A-READ'
    group by rules.srv

),

-- Of every landed day, whether its month was ever run: what a device said counts for sixty days.
summed as (

    select
        -- keys
        requests.reporting_month,
        requests.activity_date,
        requests.device_id,
        read_srvs.applies_to_smets1,

        -- meter reads
        count(*) as asked,
        count(*) filter (where requests.response_category = 'received_successful') as answered
    from requests
    inner join read_srvs on requests.srv = read_srvs.srv
    where
        {{ in_files('requests.extract_date') }}
        and {{ in_period('requests.activity_date') }}
        and requests.is_reported
    group by
        requests.reporting_month, requests.activity_date, requests.device_id,
        read_srvs.applies_to_smets1

)

select * from summed
