with

source as (

    select * from {{ source('dcc', 'maintenance') }}

),

renamed as (

    select
        -- keys
        _file_date as reporting_month,
        maintenance_id,

        -- what it is done to
        component_ids,
        coalesce(region, 'All') as region,
        change_id,

        -- when (UTC)
        starts_at,
        ends_at,
        notified_at,

        -- lineage
        _file as source_file

    from source

)

select * from renamed
