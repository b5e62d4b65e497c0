with

days as (

    select * from {{ ref('int_rsvp__days') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

test_messages as (

    select * from {{ ref('stg_csp__test_messages') }}
    where rtt_ms is not null

),

-- S9: mean of the answered test messages of a region and local day
answers as (

    select
        region,
        cast({{ to_local('sent_at') }} as date) as activity_date,
        sum(rtt_ms) / count(*) as mean_rtt_ms
    from test_messages
    group by region, cast({{ to_local('sent_at') }} as date)

),

-- A request has an interim speed when it has both parts.
with_interim as (

    select
        days.*,
        case when answers.region is null then 0 else days.processing_requests end
            as interim_requests,
        -- as a decimal, so that sums do not depend on the order of the rows
        cast(
            answers.mean_rtt_ms * days.processing_requests + days.processing_ms_sum
            as decimal(38, 9)
        ) as interim_ms_sum
    from days
    inner join periods on days.reporting_month = periods.reporting_month
    left join answers
        on days.region = answers.region and days.activity_date = answers.activity_date
    where {{ is_before_extract('days.activity_date', 'periods.extract_at') }}

)

select * from with_interim
