with

days as (

    select * from {{ ref('int_reads__days_looked_at') }}

),

devices as (

    select * from {{ ref('int_devices__in_month') }}

),

-- From the first shared day on, whatever lies before a day is in its look-back; of what is older
-- only the latest day can still be. Four dates say all that the month's look-backs can ask.
by_device as (

    select
        reporting_month,
        device_id,
        applies_to_smets1,
        max(activity_date) filter (where not is_shared) as last_asked_before,
        min(activity_date) filter (where is_shared) as first_asked_since,
        max(activity_date) filter (where answered > 0 and not is_shared) as last_answered_before,
        min(activity_date) filter (where answered > 0 and is_shared) as first_answered_since
    from days
    group by reporting_month, device_id, applies_to_smets1

),

-- What does not apply to SMETS1 is, on a SMETS1 device, no meter read (A-NONE).
meter_reads as (

    select by_device.*
    from by_device
    left join devices
        on
            by_device.reporting_month = devices.reporting_month
            and case when not by_device.applies_to_smets1 then by_device.device_id end
            = devices.device_id
    where by_device.applies_to_smets1 or devices.smets is distinct from 'SMETS1'

),

last_answers as (

    select
        reporting_month,
        device_id,
        max(last_asked_before) as last_asked_before,
        min(first_asked_since) as first_asked_since,
        max(last_answered_before) as last_answered_before,
        min(first_answered_since) as first_answered_since
    from meter_reads
    group by reporting_month, device_id

)

select * from last_answers
