with

exclusions as (

    select * from {{ ref('int_incidents__exclusions_summed') }}

),

by_reason as (

    select
        reporting_month,
        reason as scope,
        incidents
    from exclusions

),

-- `All Exclusions`, `All Exceptions`, and everything
totals as (

    select
        reporting_month,
        case when grouping(kind) = 1 then 'All' else 'All ' || kind || 's' end as scope,
        sum(incidents) as incidents
    from exclusions
    group by reporting_month, rollup(kind)

),

united as (

    select * from by_reason

    union all

    select * from totals

),

cells as (

    select
        -- keys
        reporting_month,
        'INC-PMEL' as measure_id,
        scope,
        {{ unsplit() }},

        -- figure
        cast(incidents as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        'Reported' as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from united

)

select * from cells
