with

months as (

    select * from {{ ref('int_calendar__months') }}

),

counted as (

    select
        'Methodology' as scope,
        count(*) as entries
    from {{ ref('measures') }}
    where methodology is not null

    union all

    select
        'Glossary' as scope,
        count(*) as entries
    from {{ ref('glossary') }}

    union all

    select
        'Exception definitions' as scope,
        count(*) as entries
    from {{ ref('exception_definitions') }}

),

cells as (

    select
        -- keys
        months.reporting_month,
        'INFO' as measure_id,
        counted.scope,
        'All' as business_process,
        'All' as srv,
        'All' as smets,
        'All' as region,
        'All' as device_type,

        -- figure
        cast(counted.entries as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        'Reported' as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from months
    cross join counted

)

select * from cells
