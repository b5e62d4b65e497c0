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

leagues as (

    select
        reporting_month,
        'leagues' as grid,
        league as scope
    from {{ ref('int_parties__leagues') }}

),

-- what a defect can be, and which way throttled traffic can go
operations as (

    select
        months.reporting_month,
        listed.grid,
        listed.scope
    from months
    cross join (
        values
        ('severities', 'All'),
        ('severities', 'Severity 1'),
        ('severities', 'Severity 2'),
        ('severities', 'Severity 3'),
        ('severities', 'Severity 4'),
        ('severities', 'Severity 5'),
        ('directions', 'northbound'),
        ('directions', 'southbound'),
        ('alert_storms', 'northbound')
    ) as listed (grid, scope)

),

united as (

    select * from one
    union all
    select * from information
    union all
    select * from operations
    union all
    select * from leagues
    union all
    select * from of_providers

)

select * from united
