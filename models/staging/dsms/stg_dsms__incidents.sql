with

source as (

    select * from {{ source('dsms', 'incidents') }}

),

renamed as (

    select
        -- keys
        _file_date as reporting_month,
        incident_id,
        problem_id,
        duplicate_of,

        -- what it is
        category,
        status,
        issue_type,
        coalesce(smets, 'All') as smets,
        regions,
        services,
        change_release,
        title,
        summary,
        customer_impact,

        -- who answers for it
        responsible_party,
        resolver_group,
        exclusion_reason,

        -- times (UTC)
        raised_at,
        assigned_at,
        impacted_at,
        restored_at,
        resolved_at,
        closed_at,
        reopened_at,

        -- the source's own reckoning
        sla_met,
        coalesce(clock_stopped_minutes, 0) as clock_stopped_minutes,

        -- lineage
        _file as source_file

    from source

)

select * from renamed
