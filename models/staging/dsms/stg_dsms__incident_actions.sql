with

source as (

    select * from {{ source('dsms', 'incident_actions') }}

),

renamed as (

    select
        -- keys
        _file_date as reporting_month,
        incident_id,
        item,

        -- what is to be done, and by whom
        description,
        owner,

        -- lineage
        _file as source_file

    from source

)

select * from renamed
