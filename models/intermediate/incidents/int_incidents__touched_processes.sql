with

incidents as (

    select * from {{ ref('int_incidents__major') }}
    -- a duplicate repeats its primary
    where duplicate_of is null

),

service_components as (

    select * from {{ ref('service_components') }}

),

process_components as (

    select * from {{ ref('process_components') }}

),

hit as (

    select
        incidents.reporting_month,
        incidents.incident_id,
        service_components.component_id
    from incidents
    inner join service_components
        on {{ is_among('service_components.service_id', 'incidents.services') }}
    group by incidents.reporting_month, incidents.incident_id, service_components.component_id

),

-- An Incident that names no Service of the list is held to concern all of them.
bounded as (

    select
        reporting_month,
        incident_id
    from hit
    group by reporting_month, incident_id

),

-- a month has a handful of Major Incidents, so nothing has to be equal here
touched as (

    select
        incidents.reporting_month,
        incidents.incident_id,
        process_components.business_process,
        process_components.smets
    from incidents
    inner join process_components
        on coalesce(incidents.smets, 'All') in ('All', process_components.smets)
    left join bounded
        on
            incidents.reporting_month = bounded.reporting_month
            and incidents.incident_id = bounded.incident_id
    left join hit
        on
            incidents.reporting_month = hit.reporting_month
            and incidents.incident_id = hit.incident_id
            and process_components.component_id = hit.component_id
    where bounded.incident_id is null or hit.incident_id is not null
    group by
        incidents.reporting_month,
        incidents.incident_id,
        process_components.business_process,
        process_components.smets

)

select * from touched
