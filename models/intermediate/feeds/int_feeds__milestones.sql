with

months as (

    select * from {{ ref('int_calendar__months') }}

),

milestones as (

    select * from {{ ref('milestones') }}

),

working_days as (

    select * from {{ ref('stg_calendar__working_days') }}

),

dated as (

    select
        months.reporting_month,
        milestones.milestone,
        milestones.due_working_day,
        working_days.working_day as due_on
    from months
    cross join milestones
    inner join working_days
        on
            {{ next_month('months.reporting_month') }} = working_days.calendar_month
            and milestones.due_working_day = working_days.working_day_number

)

select * from dated
