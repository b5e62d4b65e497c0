with

levels as (

    select * from {{ ref('int_providers__levels') }}

),

cells as (

    select
        -- keys
        reporting_month,
        'SP-PM' as measure_id,
        scope,
        'All' as business_process,
        'All' as srv,
        'All' as smets,
        'All' as region,
        'All' as device_type,

        -- figure
        numerator,
        denominator,
        level,
        state,

        -- limits
        target,
        minimum,

        -- what differs from PM to PM
        unit,
        direction,
        formula
    from levels

)

select * from cells
