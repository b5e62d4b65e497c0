with

months as (

    select * from {{ ref('int_calendar__months') }}

),

of_providers as (

    select * from {{ ref('int_providers__grid_scopes') }}

),

one as (

    select
        reporting_month,
        'one' as grid,
        'All' as scope
    from months

),

information as (

    select
        months.reporting_month,
        'information' as grid,
        listed.scope
    from months
    cross join (
        values ('Methodology'), ('Glossary'), ('Exception definitions')
    ) as listed (scope)

),

united as (

    select * from one
    union all
    select * from information
    union all
    select * from of_providers

)

select * from united
