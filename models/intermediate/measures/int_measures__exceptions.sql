with

exceptions as (

    select * from {{ ref('stg_providers__exceptions') }}

),

summed as (

    select
        reporting_month,
        provider,
        measure_no,
        scope,
        sum(events) as events
    from exceptions
    group by reporting_month, provider, measure_no, scope

),

cells as (

    select
        -- keys
        reporting_month,
        'PM-EXC' as measure_id,
        {{ pm_scope('provider', 'measure_no') }} || ' | ' || scope as scope,
        'All' as business_process,
        'All' as srv,
        'All' as smets,
        'All' as region,
        'All' as device_type,

        -- figure
        cast(events as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        'Reported' as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from summed

)

select * from cells
