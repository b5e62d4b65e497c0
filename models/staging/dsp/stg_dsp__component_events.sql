with

source as (

    select * from {{ source('dsp', 'component_events') }}

),

ranked as (

    select
        *,
        {{ recency_in_files(['event_id']) }} as recency
    from source

),

latest as (

    select
        -- keys
        event_id,
        _file_date as extract_date,
        component_id,
        coalesce(region, 'All') as region,

        -- what the source calls it, and why it happened
        kind,
        change_id,
        incident_id,

        -- when (UTC)
        started_at,
        ended_at,

        -- lineage
        _file as source_file

    from ranked
    where recency = 1

)

select * from latest
