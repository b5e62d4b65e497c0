with

source as (

    select * from {{ source('dsp', 'devices') }}

),

renamed as (

    select
        -- keys
        _file_date as snapshot_month,
        device_id,
        comms_hub_id,

        -- what it is
        device_type,
        smets,
        model,
        firmware_version,

        -- where it is, and whose
        region,
        s1sp,
        supplier_id,

        -- state
        status,
        commissioned_at

    from source

)

select * from renamed
