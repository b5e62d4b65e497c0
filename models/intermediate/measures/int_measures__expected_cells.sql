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

by_scope as (

    select
        scopes.reporting_month,
        register.measure_id,
        scopes.scope,
        {{ unsplit() }},
        register.feed
    from register
    inner join scopes on register.grid = scopes.grid

),

-- by business process, generation and region, or by these two alone, of one process or of all
by_place as (

    select
        of_requests.reporting_month,
        register.measure_id,
        'All' as scope,
        of_requests.business_process,
        'All' as srv,
        of_requests.smets,
        of_requests.region,
        of_requests.device_type,
        register.feed
    from register
    inner join of_requests
        on
            case
                when register.business_process is not null then 'processes'
                else replace(replace(register.grid, ' of SMETS2+', ''), 'whole ', '')
            end = of_requests.grid
            and (
                register.business_process is null
                or (
                    register.business_process = of_requests.business_process
                    and of_requests.device_type = 'All'
                )
            )
            and (register.grid not like '% of SMETS2+' or of_requests.smets <> 'SMETS1')
            and (register.grid not like 'whole %' or of_requests.device_type = 'All')

),

-- by Service, component, or business process and place
by_service as (

    select
        of_availability.reporting_month,
        register.measure_id,
        of_availability.scope,
        of_availability.business_process,
        'All' as srv,
        of_availability.smets,
        of_availability.region,
        'All' as device_type,
        register.feed
    from register
    inner join of_availability on register.grid = of_availability.grid

),

cells as (

    select * from by_scope
    union all
    select * from by_place
    union all
    select * from by_service

)

select * from cells
