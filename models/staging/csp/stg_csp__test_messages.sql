with

source as (

    select * from {{ source('csp', 'test_messages') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by message_id
            order by _file_date desc, _version desc, _file desc
        ) as recency
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
