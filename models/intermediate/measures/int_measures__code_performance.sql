with

means as (

    select * from {{ ref('int_code_performance__means') }}

),

assessments as (

    select * from {{ ref('int_code_performance__assessments_counted') }}

),

united as (

    select * from means
    union all
    select * from assessments

),

cells as (

    select
        -- keys
        reporting_month,
        measure as measure_id,
        'All' as scope,
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
        cast(null as double) as target,
        cast(null as double) as minimum
    from united

)

select * from cells
