with

processes as (

    select * from {{ ref('int_availability__process_figures') }}

),

final as (

    select
        -- keys
        reporting_month,
        business_process,
        smets,
        region,

        -- availability
        availability_pct,
        previous_pct,
        state,

        -- how it came about
        cast(period_minutes as bigint) as period_minutes,
        planned_minutes,
        unplanned_minutes
    from processes

)

select * from final
