with

source as (

    select * from {{ source('providers', 'exceptions') }}

),

renamed as (

    select
        -- keys
        _file_date as reporting_month,
        provider,
        measure_no,
        scope,
        reason,

        -- figures
        events,

        -- lineage
        _part as file_part,
        _file as source_file
    from source

)

select * from renamed
