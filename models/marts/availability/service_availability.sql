with

figures as (

    select * from {{ ref('int_availability__service_figures') }}

),

final as (

    select
        -- keys
        reporting_month,
        service_id,
        region,
        band,

        -- downtime
        period_minutes,
        planned_minutes,
        unplanned_minutes,
        outages,
        planned_over_allowance_minutes,

        -- what follows from it
        availability_pct,
        unplanned_minutes / 60 as unplanned_hours,
        mttr_hours,
        mtbf_days
    from figures

)

select * from final
