with

source as (

    select * from {{ source('landing', 'files') }}

),

renamed as (

    select
        -- keys
        file as source_file,
        sha256,
        system,
        feed,
        file_date,
        coalesce(nullif(part, ''), 'All') as part,
        version,
        contract_version,

        -- what became of it
        state,
        is_current,
        is_settled,
        reason,

        -- rows
        rows_read,
        rows_landed,
        rows_quarantined,

        -- times
        arrived_at,
        landed_at
    from source

)

select * from renamed
