with

feeds as (

    select * from {{ ref('stg_landing__feeds') }}

),

working_days as (

    select * from {{ ref('stg_calendar__working_days') }}

),

due_dates as (

    select
        {{ previous_month('working_days.calendar_month') }} as reporting_month,
        feeds.system,
        feeds.feed,
        feeds.cadence,
        feeds.is_mandatory,
        feeds.owner,
        feeds.due_working_day,
        working_days.working_day as due_on
    from feeds
    inner join working_days on feeds.due_working_day = working_days.working_day_number

)

select * from due_dates
