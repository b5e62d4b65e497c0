with

devices as (

    select * from {{ ref('int_devices__in_month') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- A draft ends before the month does: what was commissioned since is no part of its estate (T2).
excluded as (

    select
        devices.*,
        case
            when devices.status <> 'Commissioned' then 'Not commissioned: ' || devices.status
            when
                not {{ is_before_extract('devices.commissioned_date', 'periods.extract_at') }}
                then 'Commissioned after the extract point'
        end as exclusion_reason
    from devices
    inner join periods on devices.reporting_month = periods.reporting_month

),

judged as (

    select
        -- keys
        reporting_month,
        device_id,

        -- what and where it is
        device_type,
        smets,
        region,
        coalesce(model, 'Unknown') as model_family,
        firmware_version,

        -- whether it is of the estate (O12)
        exclusion_reason is null as is_of_estate,
        exclusion_reason
    from excluded

)

select * from judged
