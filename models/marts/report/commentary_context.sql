with

measures as (

    select * from {{ ref('pmr_measures') }}
    where commentary_required

),

register as (

    select * from {{ ref('int_register__measures') }}

),

touched as (

    select * from {{ ref('int_incidents__touched_processes') }}

),

incidents as (

    select * from {{ ref('major_incidents') }}

),

-- An Incident is told beside a figure when it touched its process, in its region and generation.
proposed as (

    select
        measures.reporting_month,
        measures.measure_id,
        {{ asked_scope('measures', 'register') }} as asked_scope,
        incidents.incident_id
    from measures
    inner join register on measures.measure_id = register.measure_id
    inner join touched
        on
            measures.reporting_month = touched.reporting_month
            and measures.business_process = touched.business_process
            and measures.smets in ('All', touched.smets)
    inner join incidents
        on
            touched.reporting_month = incidents.reporting_month
            and touched.incident_id = incidents.incident_id
            and (
                measures.region = 'All'
                or coalesce(incidents.regions, 'All') = 'All'
                or {{ is_among('measures.region', 'incidents.regions') }}
            )
    group by
        measures.reporting_month, measures.measure_id, asked_scope, incidents.incident_id

),

final as (

    select
        -- keys
        proposed.reporting_month,
        proposed.measure_id,
        proposed.asked_scope as scope,
        proposed.incident_id,

        -- what happened
        incidents.category,
        incidents.title,
        incidents.impacted_at,
        incidents.restored_at,
        incidents.impact_minutes
    from proposed
    inner join incidents
        on
            proposed.reporting_month = incidents.reporting_month
            and proposed.incident_id = incidents.incident_id

)

select * from final
