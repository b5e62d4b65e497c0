with

places as (

    select * from {{ ref('int_availability__places') }}

),

months as (

    select * from {{ ref('int_calendar__months') }}

),

-- Of each grid of the register: subjects of which kind, and where they have a cell
grids as (

    select
        listed.grid,
        listed.subject_kind,
        listed.cells_are_of
    from (
        values
        ('service places', 'service', 'places'),
        ('service regions', 'service', 'regions'),
        ('services', 'service', 'the whole'),
        ('services and all', 'service', 'the whole'),
        ('components', 'component', 'the whole'),
        ('process places', 'process', 'places'),
        ('process places', 'process', 'the whole')
    ) as listed (grid, subject_kind, cells_are_of)

),

of_subjects as (

    select
        places.reporting_month,
        grids.grid,
        case when places.subject_kind = 'process' then 'All' else places.subject end as scope,
        case when places.subject_kind = 'process' then places.subject else 'All' end
            as business_process,
        places.smets,
        case when grids.cells_are_of = 'the whole' then 'All' else places.region end as region
    from places
    inner join grids on places.subject_kind = grids.subject_kind
    where grids.cells_are_of <> 'regions' or places.region <> 'All'

),

-- Whether or not anything was down, a month has these cells; one that is whole has one place.
cells as (

    select
        reporting_month,
        'services and all' as grid,
        'All' as scope,
        'All' as business_process,
        'All' as smets,
        'All' as region
    from months

    -- not `union all`: the whole of what has several places is one cell
    union
    select * from of_subjects

)

select * from cells
