with

credits as (

    select * from {{ ref('stg_providers__service_credits') }}

),

totals as (

    select * from {{ ref('int_providers__credit_totals') }}

),

figures as (

    select
        reporting_month,
        'CREDIT' as measure_id,
        {{ pm_scope('provider', 'measure_no') }} as scope,
        cast(credit_gbp as double) as numerator,
        'Reported' as state
    from credits

    union all

    select
        reporting_month,
        'CREDIT-POINTS' as measure_id,
        {{ pm_scope('provider', 'measure_no') }} as scope,
        cast(service_points as double) as numerator,
        'Reported' as state
    from credits

    union all

    select
        reporting_month,
        'CREDIT-TOTAL' as measure_id,
        provider as scope,
        cast(credit_gbp as double) as numerator,
        case when is_landed then 'Reported' else 'Not Reported' end as state
    from totals

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        scope,
        'All' as business_process,
        'All' as srv,
        'All' as smets,
        'All' as region,
        'All' as device_type,

        -- figure
        numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from figures

)

select * from cells
