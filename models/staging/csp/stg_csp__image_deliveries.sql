with

source as (

    select * from {{ source('csp', 'image_deliveries') }}

),

ranked as (

    select
        *,
        {{ recency_in_files(['request_id', 'device_id', 'attempted_at']) }} as recency
    from source

),

latest as (

    select
        -- keys
        request_id,
        device_id,
        attempted_at,
        _file_date as extract_date,

        -- where the image goes
        hub_id,

        -- what became of it
        delivered_at,
        outcome,
        delivered_at is not null or outcome = 'delivered' as is_delivered,

        -- lineage
        _file as source_file

    from ranked
    where recency = 1

)

select * from latest
