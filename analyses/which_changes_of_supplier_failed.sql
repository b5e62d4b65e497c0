-- The changes of supplier of the month that failed, the ones that the User caused last.
with

evidence as (

    select * from {{ ref('int_supplier_changes__evidence') }}

)

select
    request_id,
    activity_date,
    device_id,
    device_type,
    region,
    user_id,
    response_code,
    is_user_caused
from evidence
where
    reporting_month = date '2020-09-01'
    and in_denominator
    and not in_numerator
order by is_user_caused asc, activity_date asc, request_id asc
