with

requests as (

    select * from {{ ref('stg_dsp__service_requests') }}

),

days as (

    select * from {{ ref('int_calendar__days') }}

),

started as (

    select
        *,
        -- T1: without a response there is nothing that the execution could come after
        case
            when
                mode_of_operation in (4, 6, 10)
                and execution_at is not null
                and (response_sent_at is null or execution_at <= response_sent_at)
                then execution_at
            else received_at
        end as started_at
    from requests

),

dated as (

    select
        started.*,
        -- Nearly every row lies on the day of its file, and comparing costs a tenth of converting.
        case
            when started.started_at >= days.starts_at and started.started_at < days.ends_at
                then started.extract_date
            else cast({{ to_local('started.started_at') }} as date)
        end as activity_date
    from started
    left join days on started.extract_date = days.calendar_day

)

select * from dated
