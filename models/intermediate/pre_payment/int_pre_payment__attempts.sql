with

looked_at as (

    select * from {{ ref('int_pre_payment__attempts_looked_at') }}

),

-- The month is part of the window, so that a reader of one month orders no other one's attempts.
ordered as (

    select
        *,
        lag(started_at) over in_order as previous_started_at,
        lag(is_succeeded) over in_order as is_after_success
    from looked_at
    window
        in_order as (
            partition by reporting_month, user_id, device_id order by started_at, request_id
        )

),

begun as (

    select
        *,
        is_of_month and (
            previous_started_at is null
            or is_after_success
            or started_at - previous_started_at > interval 24 hour
        ) as is_beginning
    from ordered

),

numbered as (

    select
        *,
        sum(cast(is_beginning as integer)) over (
            partition by reporting_month, user_id, device_id
            order by started_at, request_id
            rows between unbounded preceding and current row
        ) as sequence_number
    from begun

),

-- O4: attempts of number nought belong to a sequence of the month before, in which nothing counts
-- that came after its extract point.
attempts as (

    select
        -- keys
        reporting_month,
        request_id,
        user_id,
        device_id,
        sequence_number,

        -- what became of it
        started_at,
        device_type,
        smets,
        region,
        response_code,
        is_beginning,
        is_succeeded
    from numbered
    where is_of_month

)

select * from attempts
