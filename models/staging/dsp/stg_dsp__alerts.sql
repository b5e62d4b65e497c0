-- A plain projection, so that a query reads the files of its days and the columns it names alone.
with

source as (

    select * from {{ source('dsp', 'alerts') }}

),

renamed as (

    select
        -- keys
        alert_id,
        _file_date as extract_date,
        upper(
            case
                when alert_code like '0x%' or alert_code like '0X%' then substr(alert_code, 3)
                else alert_code
            end
        ) as alert_code,
        alert_kind,
        device_id,
        user_id,
        request_id,

        -- what became of it
        disposition,
        coalesce(alert_count, 1) as alert_count,

        -- times (UTC)
        raised_at,
        csp_received_at,
        dsp_received_at,
        sent_at,
        acknowledged_at

    from source

)

select * from renamed
