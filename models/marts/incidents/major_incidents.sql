with

incidents as (

    select * from {{ ref('int_incidents__major') }}

),

final as (

    select
        -- keys
        reporting_month,
        incident_id,

        -- what it is
        category,
        problem_id,
        services,
        regions,

        -- times (UTC)
        impacted_at,
        restored_at,
        raised_at,
        resolved_at,

        -- how long it took
        impact_minutes,
        incident_minutes,
        within_resolution_target as within_target,
        sla_met,

        -- in what it counts
        is_counted as counted,
        exclusion_reason,
        duplicate_of,

        -- the record in words
        smets,
        title,
        summary,
        customer_impact,

        -- the rest of its story
        status,
        responsible_party,
        resolver_group,
        assigned_at,
        closed_at,
        resolution_hours,
        clock_stopped_minutes
    from incidents

)

select * from final
