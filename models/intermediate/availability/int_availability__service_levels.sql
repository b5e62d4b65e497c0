with

figures as (

    select * from {{ ref('int_availability__service_figures') }}

),

days as (

    select * from {{ ref('int_availability__service_days') }}

),

services as (

    select * from {{ ref('services') }}

),

worst_days as (

    select
        reporting_month,
        service_id,
        region,
        min(availability_pct) as worst_day_pct
    from days
    group by reporting_month, service_id, region

),

levels as (

    select
        figures.*,
        figures.unplanned_minutes / 60 as unplanned_hours,
        worst_days.worst_day_pct,

        -- what of the Services the row is of
        figures.region = 'All' as is_whole,
        figures.region <> 'All' as is_region,
        figures.service_id <> 'All'
        and coalesce(services.is_regional, false) = (figures.region <> 'All') as is_place
    from figures
    left join worst_days
        on
            figures.reporting_month = worst_days.reporting_month
            and figures.service_id = worst_days.service_id
            and figures.region = worst_days.region
    left join services on figures.service_id = services.service_id

)

select * from levels
