-- The Pre-Payment iterations of the month that failed: one User, one home area network, one day.
with

iterations as (

    select * from {{ ref('int_iterations__judged') }}

)

select
    activity_date,
    user_id,
    comms_hub_id,
    requests,
    failed_requests
from iterations
where
    reporting_month = date '2020-09-01'
    and business_process = 'Pre-Payment'
    and in_numerator
order by activity_date, user_id, comms_hub_id
