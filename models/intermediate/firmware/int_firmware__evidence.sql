{{
    config(
        materialized='incremental',
        incremental_strategy='microbatch',
        event_time='reporting_month',
        batch_size='month',
        begin='2018-01-01',
    )
}}
with

targets as (

    select * from {{ ref('int_firmware__targets') }}

),

verifications as (

    select * from {{ ref('int_firmware__verifications') }}

),

joined as (

    select
        targets.*,
        verifications.alert_id,
        verifications.alert_code,
        verifications.raised_at,
        {{ microseconds_between('targets.started_at', 'targets.extract_at') }}
        < {{ verification_microseconds() }} as is_open_at_extract
    from targets
    left join verifications
        on
            targets.reporting_month = verifications.reporting_month
            and targets.request_id = verifications.request_id
            and targets.device_id = verifications.device_id

),

-- O8
evidence as (

    select
        -- keys
        reporting_month,
        request_id,
        device_id,

        -- what and where the device is
        device_type,
        smets,
        region,

        -- what was answered (DF1)
        activity_date,
        started_at,
        response_code,
        exclusion_reason is null as in_denominator,
        exclusion_reason is null and is_acknowledged as in_numerator,
        exclusion_reason,

        -- what became of the image (DF2): of those acknowledged
        case
            when exclusion_reason is not null or not is_acknowledged then null
            when alert_code = '8F72' then 'verified'
            when alert_code = '8F1C' then 'verification_failed'
            when is_open_at_extract then 'in_progress'
            else 'silent'
        end as outcome,
        alert_id as deciding_alert_id,
        raised_at as decided_at
    from joined

)

select * from evidence
