with

figures as (

    select * from {{ ref('int_outages__figures') }}

),

records as (

    select * from {{ ref('int_outages__record_figures') }}

),

levels as (

    select
        reporting_month,
        'OUT-DET' as measure_id,
        detected as events,
        quarters_judged > 0 as is_known
    from figures
    union all
    select
        reporting_month,
        'OUT-DET-UNEXPLAINED' as measure_id,
        unexplained as events,
        quarters_judged > 0 as is_known
    from figures
    union all
    select
        reporting_month,
        'OUT-DET-SILENT' as measure_id,
        without_effect as events,
        true as is_known
    from records

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        'All' as scope,
        {{ unsplit() }},

        -- figure
        cast(case when is_known then nullif(events, 0) end as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        case
            -- O10: without a norm of twenty requests anywhere nothing can be detected
            when not is_known then 'Not Reported'
            when events = 0 then 'No Events'
            else 'Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from levels

)

select * from cells
