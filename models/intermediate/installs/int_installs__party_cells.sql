with

days as (

    select * from {{ ref('int_installs__party_days') }}

),

history as (

    select * from {{ ref('int_installs__history_days') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- A day that landed has a row too where a party attempted nothing and was expected to.
expected as (

    select
        cast(date_trunc('month', history.activity_date) as date) as reporting_month,
        history.activity_date,
        days.user_id
    from days
    inner join history as week_before on days.activity_date = week_before.activity_date
    inner join history on days.activity_date + 7 = history.activity_date

),

cells as (

    select
        reporting_month,
        activity_date,
        user_id
    from days

    -- not `union all`: most cells have both
    union
    select * from expected

),

in_period as (

    select cells.*
    from cells
    inner join periods on cells.reporting_month = periods.reporting_month
    where {{ is_before_extract('cells.activity_date', 'periods.extract_at') }}

)

select * from in_period
