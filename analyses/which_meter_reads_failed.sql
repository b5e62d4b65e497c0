-- The meter reads of the month that failed, and those left out because their device is silent.
with

reads as (

    select * from {{ ref('int_reads__judged') }}

)

select
    request_id,
    activity_date,
    srv,
    device_id,
    region,
    response_category,
    response_code,
    exclusion_reason
from reads
where
    reporting_month = date '2020-09-01'
    and (in_numerator or not in_denominator)
order by exclusion_reason nulls first, activity_date, request_id
