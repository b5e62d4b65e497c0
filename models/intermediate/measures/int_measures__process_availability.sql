with

processes as (

    select * from {{ ref('int_availability__process_figures') }}

),

cells as (

    select
        -- keys
        reporting_month,
        'BP-AVAIL' as measure_id,
        'All' as scope,
        {{ unsplit(except=['business_process', 'smets', 'region']) }},
        business_process,
        smets,
        region,

        -- figure; all of the time can have been planned downtime
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        availability_pct as level,
        case when availability_pct is null then 'Data Exempted' else 'Reported' end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from processes

)

select * from cells
