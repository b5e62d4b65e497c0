with

requests as (

    select * from {{ ref('int_firmware__requests') }}
    where srv = '11.3'

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

excluded as (

    select
        requests.*,
        {{ why_request_is_out('requests', 'periods') }} as exclusion_reason
    from requests
    inner join periods on requests.reporting_month = periods.reporting_month

),

-- O8 (DF3)
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

        -- what was answered
        activity_date,
        started_at,
        response_code,

        -- how it counts
        exclusion_reason is null as in_denominator,
        exclusion_reason is null and is_succeeded as in_numerator,
        exclusion_reason
    from excluded

)

select * from evidence
