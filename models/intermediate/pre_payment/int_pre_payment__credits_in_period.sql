with

credits as (

    select * from {{ ref('int_pre_payment__credits') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

in_period as (

    select credits.*
    from credits
    inner join periods on credits.reporting_month = periods.reporting_month
    where {{ is_before_extract('credits.activity_date', 'periods.extract_at') }}

)

select * from in_period
