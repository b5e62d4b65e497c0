with

incidents as (

    select * from {{ ref('int_installs__investigations') }}

),

-- O6: a day that ends with the incident submitted, not closed, and younger than 90 local days
open_days as (

    select
        incidents.reporting_month,
        listed.calendar_day as activity_date,
        incidents.region,
        incidents.incident_id
    from incidents
    cross join {{ days_between('incidents.reporting_month', 'incidents.extract_date') }}
        as listed (calendar_day)
    where
        incidents.submitted_date <= listed.calendar_day
        and listed.calendar_day < incidents.submitted_date + 90
        and (incidents.closed_date is null or incidents.closed_date > listed.calendar_day)

),

counted as (

    select
        reporting_month,
        activity_date,
        region,
        count(*) as under_investigation
    from open_days
    group by reporting_month, activity_date, region

)

select * from counted
