with

incidents as (

    select * from {{ ref('int_traffic__incidents') }}

),

hours as (

    select * from {{ ref('int_traffic__hours') }}

),

-- An hour is hit when any part of it is.
hit as (

    select
        hours.*,
        incidents.incident_id
    from incidents
    inner join hours
        on
            incidents.reporting_month = hours.reporting_month
            and incidents.region = hours.region
            and incidents.started_at < {{ minutes_later('hours.hour_started_at', '60') }}
            and (
                incidents.ended_at > hours.hour_started_at
                or incidents.started_at >= hours.hour_started_at
            )

)

select * from hit
