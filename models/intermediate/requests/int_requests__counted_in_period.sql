with

counted as (

    select * from {{ ref('int_requests__counted') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

in_period as (

    select counted.*
    from counted
    inner join periods on counted.reporting_month = periods.reporting_month
    where {{ is_before_extract('counted.activity_date', 'periods.extract_at') }}

)

select * from in_period
