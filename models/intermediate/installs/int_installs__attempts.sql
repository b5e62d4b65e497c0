{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='fct_service_requests',
    )
}}
with

dated as (

    select * from {{ ref('int_installs__dated') }}

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
        user_ids,
        commissioned_at,
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
