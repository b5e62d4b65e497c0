with

source as (

    select * from {{ source('dsms', 'problems') }}

),

renamed as (

    select
        -- keys
        _file_date as reporting_month,
        problem_id,
        incident_id,

        -- what it is
        cast(date_trunc('month', report_month) as date) as report_month,
        provider,
        title,
        status,
        latest,

        -- times
        closed_at,
        target_date,

        -- lineage
        _file as source_file

    from source

)

select * from renamed
