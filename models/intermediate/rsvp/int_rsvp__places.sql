with

months as (

    select * from {{ ref('int_calendar__months') }}

),

regions as (

    select * from {{ ref('regions') }}

),

-- A11: SMETS1 is reported for all regions together, SMETS2+ by the regions there are that month.
places as (

    select
        months.reporting_month,
        listed.smets,
        'All' as region
    from months
    cross join (values ('All'), ('SMETS1'), ('SMETS2+')) as listed (smets)

    union all

    select
        months.reporting_month,
        'SMETS2+' as smets,
        regions.region
    from months
    inner join regions on regions.valid_from <= {{ month_end('months.reporting_month') }}

)

select * from places
