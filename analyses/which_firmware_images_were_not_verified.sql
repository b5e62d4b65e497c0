-- The acknowledged images of the month that were not verified, and what became of them.
with

evidence as (

    select * from {{ ref('int_firmware__evidence') }}

)

select
    outcome,
    request_id,
    device_id,
    started_at,
    device_type,
    smets,
    region,
    deciding_alert_id,
    decided_at
from evidence
where
    reporting_month = date '2020-09-01'
    and in_numerator
    and outcome <> 'verified'
order by outcome asc, started_at asc, request_id asc, device_id asc
