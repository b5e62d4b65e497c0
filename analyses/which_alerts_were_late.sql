-- The alerts that A1 counted and that were not sent within 60 seconds, those never sent first. One
-- row can stand for several alerts: the sum of `alert_count` is A1-FAIL.
with

evidence as (

    select * from {{ ref('int_alerts__delivery_evidence') }}

)

select
    alert_id,
    alert_code,
    activity_date,
    smets,
    region,
    device_id,
    user_id,
    alert_count,
    delivery,
    raised_at,
    sent_at,
    seconds_to_deliver
from evidence
where
    reporting_month = date '2020-09-01'
    and in_denominator
    and not in_numerator
order by seconds_to_deliver desc nulls first, alert_id asc
