with

source as (

    select * from {{ source('csp', 'install_and_leave') }}

),

renamed as (

    select
        -- keys
        _file_date as reporting_month,
        incident_id,
        hub_id,

        -- times
        submitted_at,
        closed_at,

        -- what was found
        diagnostics,
        exclusion_reason,

        -- lineage
        _file as source_file

    from source

)

select * from renamed
