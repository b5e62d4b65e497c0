with

requests as (

    select * from {{ ref('fct_service_requests') }}

),

-- O5: the requests of an installation, to the devices that one installs. An 8.14.1 is got by the
-- device that it names; what it says of the hub is another matter (O6).
asked as (

    select
        -- keys
        reporting_month,
        activity_date,
        device_id,

        -- what and where the device is
        device_type,
        region,
        comms_hub_id,

        -- what it got, and from whom
        count(*) as requests,
        {{ parties_of_group() }} as user_ids
    from requests
    where
        {{ in_period('activity_date') }}
        and is_reported
        and smets = 'SMETS2+'
        and device_type in ('CHF', 'ESME', 'GSME')
        and srv in ('8.11', '8.1.1', '8.7.2', '6.20.1', '6.21', '8.14.1')
    group by reporting_month, activity_date, device_id, device_type, region, comms_hub_id

)

select * from asked
