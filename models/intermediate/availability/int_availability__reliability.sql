with

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

services as (

    select * from {{ ref('services') }}

),

landed as (

    select reporting_month
    from {{ ref('int_feeds__landed_parts') }}
    where system = 'dsms' and feed = 'incidents'
    group by reporting_month

),

incidents as (

    select * from {{ ref('int_availability__incidents') }}

),

figures as (

    select * from {{ ref('int_availability__service_figures') }}
    where region = 'All' and band = 'All'

),

-- A Service without an incident has none; a month without their extract does not know.
joined as (

    select
        periods.reporting_month,
        services.service_id,
        case when landed.reporting_month is not null then coalesce(incidents.incidents, 0) end
            as incidents,
        case
            when landed.reporting_month is not null then coalesce(incidents.incidents_cat_1_2, 0)
        end as incidents_cat_1_2,
        case
            when landed.reporting_month is not null then coalesce(incidents.incidents_cat_3_5, 0)
        end as incidents_cat_3_5,
        figures.outages,
        figures.mttr_hours,
        figures.mtbf_days
    from periods
    cross join services
    left join landed on periods.reporting_month = landed.reporting_month
    left join incidents
        on
            periods.reporting_month = incidents.reporting_month
            and services.service_id = incidents.service_id
    left join figures
        on
            periods.reporting_month = figures.reporting_month
            and services.service_id = figures.service_id
    where landed.reporting_month is not null or figures.service_id is not null

)

select * from joined
