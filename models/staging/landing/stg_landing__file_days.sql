with

source as (

    select * from {{ source('landing', 'file_days') }}

),

renamed as (

    select
        -- keys
        file as source_file,
        sha256,
        day as activity_date,

        -- rows
        rows as rows_landed
    from source

)

select * from renamed
