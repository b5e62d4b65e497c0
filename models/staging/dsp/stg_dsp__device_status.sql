with

source as (

    select * from {{ source('dsp', 'device_status') }}

),

ranked as (

    select
        *,
        {{ recency_in_files(['device_id', 'changed_at', 'status']) }} as recency
    from source

),

latest as (

    select
        -- keys
        device_id,
        changed_at,
        status,
        _file_date as extract_date,

        -- who caused it
        user_id,

        -- lineage
        _file as source_file

    from ranked
    where recency = 1

)

select * from latest
