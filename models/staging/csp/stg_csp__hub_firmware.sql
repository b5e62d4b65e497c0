with

source as (

    select * from {{ source('csp', 'hub_firmware') }}

),

ranked as (

    select
        *,
        {{ recency_in_files(['hub_id', 'image_version', 'attempted_at']) }} as recency
    from source

),

latest as (

    select
        -- keys
        hub_id,
        image_version,
        attempted_at,
        _file_date as extract_date,

        -- what became of it
        delivered_at,
        activated_at,
        outcome,
        delivered_at is not null or outcome in ('delivered', 'activated') as is_delivered,
        activated_at is not null or outcome = 'activated' as is_activated,

        -- lineage
        _file as source_file

    from ranked
    where recency = 1

)

select * from latest
