with

source as (

    select * from {{ source('dcc', 'assessments') }}

),

renamed as (

    select
        -- keys
        _file_date as reporting_month,
        assessment_id,

        -- what was owed, and when it was done
        modification,
        due_date,
        completed_date,

        -- lineage
        _file as source_file
    from source

)

select * from renamed
