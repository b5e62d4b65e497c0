-- The devices of September's estate that do not communicate, and why each is taken for one.
with

devices as (

    select * from {{ ref('int_estate__evidence') }}

)

select
    device_id,
    device_type,
    smets,
    region,
    case
        when is_silent and last_n13_at is not null then 'silent, and N13 without success since'
        when is_silent then 'silent on the last day'
        else 'N13 without success since'
    end as reason,
    last_n13_at
from devices
where reporting_month = date '2020-09-01' and in_numerator
order by region, device_type, device_id
