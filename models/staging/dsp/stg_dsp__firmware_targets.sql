with

source as (

    select * from {{ source('dsp', 'firmware_targets') }}

),

ranked as (

    select
        *,
        {{ recency_in_files(['request_id', 'device_id']) }} as recency
    from source

),

latest as (

    select
        -- keys
        request_id,
        device_id,
        _file_date as extract_date,

        -- what the device answered
        response_code,

        -- lineage
        _file as source_file

    from ranked
    where recency = 1

)

select * from latest
