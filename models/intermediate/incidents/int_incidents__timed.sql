with

incidents as (

    select * from {{ ref('stg_dsms__incidents') }}

),

-- the long texts stay behind: whoever prints them joins them again, for the few rows printed
ended as (

    select
        -- keys
        reporting_month,
        incident_id,
        problem_id,
        duplicate_of,

        -- what it is
        category,
        status,
        issue_type,
        smets,
        regions,
        services,
        change_release,

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
        {{ incident_clock_end('restored_at', 'resolved_at') }} as clock_end_at,

        -- the source's own reckoning
        sla_met,
        clock_stopped_minutes
    from incidents

),

timed as (

    select
        *,
        {{ microseconds_between('raised_at', 'assigned_at') }} as response_us,
        {{ microseconds_between('raised_at', 'clock_end_at') }}
        - 60000000 * cast(clock_stopped_minutes as bigint) as resolution_us
    from ended

)

select * from timed
