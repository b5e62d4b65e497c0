with

outages as (

    select * from {{ ref('int_outages__explained') }}

),

final as (

    select
        -- keys
        reporting_month,
        region,
        started_at,

        -- what was missing (O10)
        ended_at,
        expected,
        actual,

        -- what else tells of it
        recorded_event_ids,
        incident_ids,
        has_commentary,
        recorded_event_ids is not null or incident_ids is not null or has_commentary
            as is_explained
    from outages

)

select * from final
