with

months as (

    select * from {{ ref('int_calendar__months') }}

),

leagues as (

    select * from {{ ref('int_parties__leagues') }}

),

of_providers as (

    select * from {{ ref('int_providers__grid_scopes') }}

),

-- what a text is about, what a defect can be, and which way throttled traffic can go
listed as (

    select
        months.reporting_month,
        listed.grid,
        listed.scope
    from months
    cross join (
        values
        ('one', 'All'),
        ('information', 'Methodology'),
        ('information', 'Glossary'),
        ('information', 'Exception definitions'),
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

    select * from listed
    union all
    select
        reporting_month,
        'leagues' as grid,
        league as scope
    from leagues
    union all
    select * from of_providers

)

select * from united
