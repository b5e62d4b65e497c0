with

requests as (

    select * from {{ ref('int_pre_payment__requests') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

excluded as (

    select
        requests.*,
        case requests.srv when '2.2' then 'PP1' else 'PP2' end as measure_id,
        {{ why_request_is_out('requests', 'periods') }} as exclusion_reason
    from requests
    inner join periods on requests.reporting_month = periods.reporting_month

),

evidence as (

    select
        -- keys
        reporting_month,
        measure_id,
        request_id,

        -- what was asked, by whom, of which device
        activity_date,
        started_at,
        srv,
        user_id,
        device_id,
        device_type,
        smets,
        region,
        response_code,

        -- how it counts
        exclusion_reason is null as in_denominator,
        exclusion_reason is null and is_succeeded as in_numerator,
        exclusion_reason
    from excluded

)

select * from evidence
