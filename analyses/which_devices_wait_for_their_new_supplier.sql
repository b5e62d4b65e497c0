-- The devices whose latest change of supplier had failed at the end of the month, longest first.
with

waiting as (

    select * from {{ ref('int_supplier_changes__waiting') }}

)

select
    device_id,
    device_type,
    region,
    user_id,
    age_band,
    open_since,
    requests,
    response_code,
    history_from
from waiting
where reporting_month = date '2020-09-01'
order by open_since asc, device_id asc
