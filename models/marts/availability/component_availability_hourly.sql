with

hours as (

    select * from {{ ref('int_availability__hours_with_totals') }}
    where subject_kind = 'component'

),

final as (

    select
        -- keys
        reporting_month,
        hour_started_at as started_at,
        activity_date,
        subject as component_id,
        region,

        -- downtime
        cast(period_minutes as bigint) as minutes,
        planned_minutes,
        unplanned_minutes,

        -- what follows from it
        {{ availability_pct('period_minutes', 'planned_minutes', 'unplanned_minutes') }}
            as availability_pct
    from hours

)

select * from final
