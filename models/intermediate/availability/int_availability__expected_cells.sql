with

places as (

    select * from {{ ref('int_availability__places') }}

),

months as (

    select * from {{ ref('int_calendar__months') }}

),

-- Whether or not anything was down, a month has these cells.
cells as (

    select
        reporting_month,
        'service places' as grid,
        subject as scope,
        'All' as business_process,
        smets,
        region
    from places
    where subject_kind = 'service'

    union all

    select
        reporting_month,
        'service regions' as grid,
        subject as scope,
        'All' as business_process,
        smets,
        region
    from places
    where subject_kind = 'service' and region <> 'All'

    union all

    -- once, however many places it has
    select
        reporting_month,
        subject_kind || 's' as grid,
        subject as scope,
        'All' as business_process,
        smets,
        'All' as region
    from places
    where subject_kind in ('service', 'component')
    group by reporting_month, subject_kind, subject, smets

    union all

    select
        reporting_month,
        'services and all' as grid,
        subject as scope,
        'All' as business_process,
        smets,
        'All' as region
    from places
    where subject_kind = 'service'
    group by reporting_month, subject, smets

    union all

    select
        reporting_month,
        'services and all' as grid,
        'All' as scope,
        'All' as business_process,
        'All' as smets,
        'All' as region
    from months

    union all

    select
        reporting_month,
        'process places' as grid,
        'All' as scope,
        subject as business_process,
        smets,
        region
    from places
    where subject_kind = 'process'

    union all

    select
        reporting_month,
        'process places' as grid,
        'All' as scope,
        subject as business_process,
        smets,
        'All' as region
    from places
    where subject_kind = 'process' and region <> 'All'
    group by reporting_month, subject, smets

)

select * from cells
