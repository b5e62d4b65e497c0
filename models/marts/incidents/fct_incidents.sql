with

incidents as (

    select * from {{ ref('int_incidents__checked') }}

),

final as (

    select
        -- keys
        reporting_month,
        incident_id,

        -- what it is
        category,
        smets,
        regions,
        services,
        responsible,
        responsible_party,
        resolver_group,
        issue_type,

        -- times (UTC)
        raised_at,
        assigned_at,
        restored_at,
        resolved_at,
        closed_at,
        reopened_at,

        -- in what it counts
        is_in_period,
        is_counted,
        exclusion_reason,
        duplicate_of,

        -- how long it took
        response_minutes,
        resolution_hours,
        within_response_target,
        within_resolution_target,
        sla_met,

        -- how it stood at the extract point
        is_open_at_extract,
        state_at_extract,

        -- the way to these answers
        measure_id,
        is_dcc_responsibility,
        is_raised_in_month,
        is_ended_in_month,
        pmel_kind,
        pmel_reason,
        status,
        problem_id,
        impacted_at,
        clock_end_at,
        clock_stopped_minutes,
        change_release,

        -- what is doubtful about it
        has_sla_disagreement,
        has_negative_resolution,
        has_unlisted_reason,
        has_duplicate_without_reason,
        has_reason_without_primary,
        has_status_without_time,
        has_reopening_after_end
    from incidents

)

select * from final
