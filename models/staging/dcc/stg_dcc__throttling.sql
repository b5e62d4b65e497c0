with

source as (

    select * from {{ source('dcc', 'throttling') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by event_id
            order by _file_date desc, _version desc, _file desc
        ) as recency
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
