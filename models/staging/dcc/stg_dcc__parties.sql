with

source as (

    select * from {{ source('dcc', 'parties') }}

),

renamed as (

    select
        -- keys
        _file_date as reporting_month,
        user_id,

        -- who it is
        name as party_name,
        party_type,

        -- lineage
        _file as source_file
    from source

)

select * from renamed
