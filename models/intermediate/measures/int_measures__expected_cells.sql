with

register as (

    select * from {{ ref('int_register__measures') }}

),

scopes as (

    select * from {{ ref('int_measures__grid_scopes') }}

),

of_requests as (

    select * from {{ ref('int_rsvp__expected_cells') }}

),

of_availability as (

    select * from {{ ref('int_availability__expected_cells') }}

),

-- scopes; by business process, generation and region; by Service, component, or process and place
listed as (

    select * from scopes
    {{ union_by_name() }}
    select * from of_requests
    {{ union_by_name() }}
    select * from of_availability

),

-- Which list a grid is of: that of all places and processes serves the grids of some of them too.
wanted as (

    select
        *,
        case
            when business_process is not null then 'processes'
            else replace(replace(grid, ' of SMETS2+', ''), 'whole ', '')
        end as list_of_grid,
        business_process is not null or grid like 'whole %' as is_of_all_devices,
        grid like '% of SMETS2+' as is_of_smets2
    from register

),

-- What a list does not tell of is not split in its grids.
cells as (

    select
        listed.reporting_month,
        wanted.measure_id,
        coalesce(listed.scope, 'All') as scope,
        coalesce(listed.business_process, 'All') as business_process,
        'All' as srv,
        coalesce(listed.smets, 'All') as smets,
        coalesce(listed.region, 'All') as region,
        coalesce(listed.device_type, 'All') as device_type,
        wanted.feed
    from wanted
    inner join listed on wanted.list_of_grid = listed.grid
    where
        coalesce(wanted.business_process = listed.business_process, true)
        and not (wanted.is_of_all_devices and listed.device_type <> 'All')
        and not (wanted.is_of_smets2 and listed.smets = 'SMETS1')

)

select * from cells
