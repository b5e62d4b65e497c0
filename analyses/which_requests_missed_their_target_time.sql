-- The Pre-Payment requests of the month that were not answered in their target time, the ones
-- without an answer first, with the rule that gave them to the process.
with

requests as (

    select * from {{ ref('fct_service_requests') }}

)

select
    request_id,
    activity_date,
    srv,
    region,
    device_type,
    attribution_rule,
    response_category,
    response_code,
    rtt_seconds,
    trt_seconds
from requests
where
    reporting_month = date '2020-09-01'
    and business_process = 'Pre-Payment'
    and not within_trt
order by rtt_seconds desc nulls first, request_id asc
