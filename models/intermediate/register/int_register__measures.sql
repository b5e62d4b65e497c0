with

measures as (

    select * from {{ ref('measures') }}

),

targets as (

    select * from {{ ref('code_performance_targets') }}

),

with_limits as (

    select
        measures.measure_id,
        measures.measure_name,
        measures.kind,
        measures.requirement,
        measures.unit,
        measures.formula,
        coalesce(measures.direction, '') as direction,
        measures.target_source,
        measures.split,
        measures.grid,
        {{ process_of_grid('measures.grid') }} as business_process,
        measures.feed,
        measures.model as family_model,
        measures.section,
        measures.sort_order,
        measures.rule,
        measures.methodology,

        -- The limits of CPM1..9 stand in their own register, once.
        coalesce(targets.target, measures.target) as target,
        coalesce(targets.minimum, measures.minimum) as minimum
    from measures
    left join targets on measures.measure_id = targets.measure

)

select * from with_limits
