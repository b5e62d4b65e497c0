{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='fct_service_requests',
    )
}}
with

asked as (

    select * from {{ ref('int_installs__asked') }}

),

devices as (

    select * from {{ ref('int_devices__in_month') }}
    where {{ in_months_of_period('reporting_month') }}

),

first_meters as (

    select * from {{ ref('int_installs__first_meters') }}

),

dated as (

    select
        asked.*,
        devices.commissioned_date,
        first_meters.first_meter_date
    from asked
    left join devices
        on
            asked.reporting_month = devices.reporting_month
            and asked.device_id = devices.device_id
    left join first_meters
        on
            asked.reporting_month = first_meters.reporting_month
            and asked.device_id = first_meters.comms_hub_id

),

judged as (

    select
        *,
        coalesce(commissioned_date < activity_date, false) as is_commissioned_before,
        coalesce(commissioned_date = activity_date, false) as is_commissioned_that_day,
        device_type <> 'CHF' or coalesce(first_meter_date <= activity_date, false) as has_its_meter
    from dated

),

-- O5
evidence as (

    select
        -- keys
        activity_date,
        reporting_month,
        device_id,

        -- what and where the device is
        device_type,
        region,
        comms_hub_id,

        -- what happened
        requests,
        commissioned_date,
        first_meter_date,

        -- what it counts as
        not is_commissioned_before as in_denominator,
        is_commissioned_that_day and has_its_meter as in_numerator,
        case when is_commissioned_before then 'Commissioned before the day' end
            as exclusion_reason,
        case
            when is_commissioned_before or (is_commissioned_that_day and has_its_meter) then null
            when is_commissioned_that_day then 'No meter commissioned by the end of the day'
            else 'Not commissioned that day'
        end as failure_reason
    from judged

)

select * from evidence
