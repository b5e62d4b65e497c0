with

source as (

    select * from {{ source('providers', 'service_levels') }}

),

renamed as (

    select
        -- keys
        _file_date as reporting_month,
        provider,
        measure_no,
        period,

        -- what the provider says
        state as reported_state,
        numerator,
        denominator,
        level as reported_level,

        -- lineage
        _part as file_part,
        _file as source_file
    from source

)

select * from renamed
