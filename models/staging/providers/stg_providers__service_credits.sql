with

source as (

    select * from {{ source('providers', 'service_credits') }}

),

renamed as (

    select
        -- keys
        _file_date as reporting_month,
        provider,
        measure_no,

        -- figures
        service_points,
        credit_gbp,

        -- lineage
        _part as file_part,
        _file as source_file
    from source

)

select * from renamed
