-- A plain projection, so that a query reads the files of its days and the columns it names alone.
with

source as (

    select * from {{ source('dsp', 'service_requests') }}

),

renamed as (

    select
        -- keys
        request_id,
        _file_date as extract_date,
        srv,
        mode_of_operation,
        user_id,
        user_role,
        device_id,

        -- where it stands
        report_status_id,
        response_code,

        -- times (UTC)
        received_at,
        execution_at,
        response_sent_at,
        quarantined_at,
        released_at,

        -- the DSP's own time
        dsp_processing_ms

    from source

)

select * from renamed
