with

records as (

    select * from {{ ref('int_outages__records_judged') }}

),

final as (

    select
        -- keys
        reporting_month,
        event_id,

        -- the record
        component_id,
        region,
        kind,
        incident_id,
        started_at,
        ended_at,

        -- what was seen of it
        expected,
        actual,
        state
    from records

)

select * from final
