-- Sequences of the month that did not succeed by the second attempt, the longest first; those that
-- never did have no succeeded_at_attempt.
with

sequences as (

    select * from {{ ref('int_pre_payment__sequences') }}

)

select
    first_request_id,
    device_id,
    device_type,
    smets,
    region,
    started_at,
    last_started_at,
    attempts,
    succeeded_at_attempt
from sequences
where
    reporting_month = date '2020-09-01'
    and attempts > 2
    and not is_by_second
order by attempts desc, started_at asc, first_request_id asc
