with

months as (

    select * from {{ ref('int_calendar__months') }}

),

due_levels as (

    select * from {{ ref('int_providers__due_levels') }}

),

providers as (

    select provider
    from {{ ref('performance_measures') }}
    group by provider

),

performance_measures as (

    select
        reporting_month,
        'performance_measures' as grid,
        scope
    from due_levels

),

volumes as (

    select
        reporting_month,
        'providers_of_pm' || measure_no as grid,
        provider as scope
    from due_levels
    where measure_no in ('2', '12.2')

),

providers_and_total as (

    select
        months.reporting_month,
        'providers_and_total' as grid,
        providers.provider as scope
    from months
    cross join providers

    union all

    select
        reporting_month,
        'providers_and_total' as grid,
        'All' as scope
    from months

),

united as (

    select * from performance_measures
    union all
    select * from volumes
    union all
    select * from providers_and_total

)

select * from united
