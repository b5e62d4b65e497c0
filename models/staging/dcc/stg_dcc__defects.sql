with

source as (

    select * from {{ source('dcc', 'defects') }}

),

renamed as (

    select
        -- keys
        _file_date as reporting_month,
        defect_id,

        -- what it is, and what became of it
        severity,
        release,
        released_on as released_date,
        accepted as is_accepted,
        closed_on as closed_date,

        -- lineage
        _file as source_file
    from source

)

select * from renamed
