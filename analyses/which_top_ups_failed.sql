-- The top-ups of the month that PP1 counts as failed, with what came back.
with

evidence as (

    select * from {{ ref('int_pre_payment__evidence') }}

)

select
    request_id,
    started_at,
    device_id,
    device_type,
    smets,
    region,
    response_code
from evidence
where
    reporting_month = date '2020-09-01'
    and measure_id = 'PP1'
    and in_denominator
    and not in_numerator
order by started_at asc, request_id asc
