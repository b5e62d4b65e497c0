with

days as (

    select * from {{ ref('int_parties__process_days') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

in_period as (

    select days.*
    from days
    inner join periods on days.reporting_month = periods.reporting_month
    where {{ is_before_extract('days.activity_date', 'periods.extract_at') }}

)

select * from in_period
