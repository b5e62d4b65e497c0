with

attempts as (

    select * from {{ ref('int_pre_payment__attempts') }}
    where sequence_number > 0

),

numbered as (

    select
        *,
        row_number() over (
            partition by reporting_month, user_id, device_id, sequence_number
            order by started_at, request_id
        ) as attempt_number
    from attempts

),

-- A device has one cell in a month, and a sequence counts in the month alone that it began in.
gathered as (

    select
        reporting_month,
        user_id,
        device_id,
        device_type,
        smets,
        region,
        min(request_id) filter (where attempt_number = 1) as first_request_id,
        min(started_at) as started_at,
        max(started_at) as last_started_at,
        count(*) as attempts,
        min(attempt_number) filter (where is_succeeded) as succeeded_at_attempt
    from numbered
    group by
        reporting_month, user_id, device_id, sequence_number, device_type, smets, region

),

-- O4: a success by the second attempt includes the one at the first.
judged as (

    select
        *,
        coalesce(succeeded_at_attempt = 1, false) as is_first_time,
        coalesce(succeeded_at_attempt <= 2, false) as is_by_second,
        succeeded_at_attempt is null as is_never
    from gathered

)

select * from judged
