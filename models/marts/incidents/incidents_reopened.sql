with

reopened as (

    select * from {{ ref('int_incidents__reopened_levels') }}

),

final as (

    select
        -- keys
        reporting_month,
        incident_id,

        -- the earlier month, as published and as it is now known
        first_reported_month,
        published_level,
        restated_level,

        -- what changed
        reported_measure_id as measure_id,
        reported_category as category,
        reopened_at,
        was_within_resolution_target,
        within_resolution_target,
        is_still_counted
    from reopened

)

select * from final
