with

figures as (

    select * from {{ ref('int_parties__league_figures') }}

),

targets as (

    select * from {{ ref('process_measure_targets') }}
    where measure_id = 'LEAGUE' and smets = 'All' and region = 'All' and device_type = 'All'

),

levels as (

    select
        reporting_month,
        'LEAGUE' as measure_id,
        league,
        volume,
        succeeded as numerator,
        volume as denominator
    from figures

    union all

    select
        reporting_month,
        'LEAGUE-PARTIES' as measure_id,
        league,
        volume,
        ranked_parties as numerator,
        cast(null as bigint) as denominator
    from figures

),

cells as (

    select
        -- keys
        levels.reporting_month,
        levels.measure_id,
        levels.league as scope,
        {{ unsplit() }},

        -- figure
        cast(case when levels.volume > 0 then levels.numerator end as double) as numerator,
        cast(case when levels.volume > 0 then levels.denominator end as double) as denominator,
        cast(null as double) as level,
        case when levels.volume = 0 then 'No Events' else 'Reported' end as state,

        -- limits
        targets.target,
        targets.minimum
    from levels
    left join targets
        on
            levels.measure_id = targets.measure_id
            and levels.league = targets.business_process
            and levels.reporting_month >= targets.valid_from
            and levels.reporting_month <= coalesce(targets.valid_to, levels.reporting_month)

)

select * from cells
