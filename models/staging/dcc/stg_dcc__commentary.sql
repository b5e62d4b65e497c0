with

source as (

    select * from {{ source('dcc', 'commentary') }}

),

renamed as (

    select
        -- keys
        reporting_month,
        {{ scope_key('trim(measure_id)') }} as measure_id,
        {{ scope_rest('trim(measure_id)') }} as scope,
        coalesce(nullif(trim(region), ''), 'All') as region,

        -- text
        nullif(trim(reason), '') as reason,
        nullif(trim(mitigation), '') as mitigation,
        author_role,

        -- lineage
        _file_date as file_date,
        _version as file_version,
        _file as source_file
    from source

)

select * from renamed
