with

days as (

    select * from {{ ref('int_iterations__days') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- An iteration lies within a day, so days add up, totals among them.
summed as (

    select
        days.reporting_month,
        days.business_process,
        days.smets,
        days.region,
        cast(sum(days.iterations) as bigint) as iterations,
        cast(sum(days.failed) as bigint) as failed,
        cast(sum(days.requests) as bigint) as requests
    from days
    inner join periods on days.reporting_month = periods.reporting_month
    where {{ is_before_extract('days.activity_date', 'periods.extract_at') }}
    group by days.reporting_month, days.business_process, days.smets, days.region

)

select * from summed
