with

source as (

    select * from {{ source('csp', 'test_messages') }}

),

ranked as (

    select
        *,
        {{ recency_in_files(['message_id']) }} as recency
    from source

),

latest as (

    select
        -- keys
        message_id,
        _file_date as extract_date,
        region,

        -- round trip
        sent_at,
        rtt_ms,

        -- lineage
        _file as source_file

    from ranked
    where recency = 1

)

select * from latest
