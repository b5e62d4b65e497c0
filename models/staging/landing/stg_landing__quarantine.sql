with

source as (

    select * from {{ source('landing', 'quarantine') }}

),

renamed as (

    select
        file as source_file,
        line,
        column_name,
        raw_text,
        reason
    from source

)

select * from renamed
