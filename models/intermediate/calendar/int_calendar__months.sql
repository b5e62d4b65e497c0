with

working_days as (

    select * from {{ ref('stg_calendar__working_days') }}

),

months as (

    select calendar_month as reporting_month
    from working_days
    group by calendar_month

)

select * from months
