-- The devices of the month whose installation failed, and why, the hubs first (O5).
with

attempts as (

    select * from {{ ref('int_installs__attempts') }}

)

select
    activity_date,
    device_id,
    device_type,
    region,
    comms_hub_id,
    requests,
    failure_reason,
    commissioned_date,
    first_meter_date
from attempts
where
    reporting_month = date '2020-09-01'
    and in_denominator
    and not in_numerator
order by device_type asc, activity_date asc, device_id asc
