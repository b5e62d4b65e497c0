with

figures as (

    select * from {{ ref('int_iterations__process_figures') }}

),

cells as (

    select
        -- keys
        reporting_month,
        'BP-ITER' as measure_id,
        'All' as scope,
        {{ unsplit(except=['business_process', 'smets', 'region']) }},
        business_process,
        smets,
        region,

        -- figure
        cast(failed as double) as numerator,
        cast(iterations as double) as denominator,
        cast(null as double) as level,
        case when iterations = 0 then 'No Events' else 'Reported' end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from figures

)

select * from cells
