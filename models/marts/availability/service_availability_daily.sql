with

days as (

    select * from {{ ref('int_availability__service_days') }}

),

final as (

    select
        -- keys
        reporting_month,
        activity_date,
        service_id,
        region,

        -- downtime
        cast(period_minutes as bigint) as period_minutes,
        planned_minutes,
        unplanned_minutes,

        -- what follows from it
        availability_pct
    from days

)

select * from final
