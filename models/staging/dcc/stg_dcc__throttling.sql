with

source as (

    select * from {{ source('dcc', 'throttling') }}

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
        direction,
        incident_id,

        -- when, and how long
        started_at,
        seconds as throttled_seconds,

        -- alerts of an alert storm
        forwarded,
        dropped,
        exempted,

        -- lineage
        _file as source_file
    from ranked
    where recency = 1

)

select * from latest
