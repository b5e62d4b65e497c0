-- Devices of September's estate whose firmware is more than two versions behind, or without any.
with

devices as (

    select * from {{ ref('int_estate__evidence') }}

),

ranks as (

    select * from {{ ref('int_estate__firmware_ranks') }}

)

select
    devices.device_id,
    devices.device_type,
    devices.model_family,
    devices.firmware_version,
    devices.firmware_currency,
    ranks.firmware_rank,
    ranks.first_seen_month,
    devices.is_ranked_by_number
from devices
left join ranks
    on
        devices.reporting_month = ranks.reporting_month
        and devices.device_type = ranks.device_type
        and devices.model_family = ranks.model_family
        and devices.firmware_version = ranks.firmware_version
where
    devices.reporting_month = date '2020-09-01'
    and devices.in_denominator
    and coalesce(devices.firmware_currency, 'older') = 'older'
order by ranks.firmware_rank desc nulls first, devices.device_id asc
