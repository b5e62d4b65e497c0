with

requests as (

    select * from {{ ref('fct_service_requests') }}
    where attribution_rule = 'A-READ'

),

silences as (

    select * from {{ ref('int_reads__silences') }}

),

-- A device has one row of a month: what its days say is asked beside the join, which keeps to keys.
looked_up as (

    select
        requests.*,
        coalesce(
            requests.activity_date between silences.quiet_from and silences.quiet_until
            and (
                requests.activity_date <= silences.asked_until
                or requests.activity_date >= silences.asked_from
            ),
            false
        ) as is_silent
    from requests
    left join silences
        on
            requests.reporting_month = silences.reporting_month
            and requests.device_id = silences.device_id

),

judged as (

    select
        -- keys
        reporting_month,
        request_id,
        activity_date,

        -- what was asked, of which device
        srv,
        user_id,
        device_id,
        smets,
        region,

        -- what came of it
        response_category,
        response_code,
        {{ is_failed_read() }} as is_failed,
        {{ is_scheduled_read() }} as is_scheduled,
        {{ is_read_within_24h() }} as is_within_24h,

        -- the measure (B1)
        not is_silent as in_denominator,
        not is_silent and {{ is_failed_read() }} as in_numerator,
        case when is_silent then 'silent device' end as exclusion_reason
    from looked_up

)

select * from judged
