with

cells as (

    select * from {{ ref('int_measures__expected_cells') }}

),

register as (

    select * from {{ ref('int_register__measures') }}

),

united as (

    select * from {{ ref('int_measures__united') }}

),

-- A measure whose splits nobody can list beforehand has the cells that something fell into; one
-- that is listed by process or place has the finer ones besides.
found as (

    select
        united.reporting_month,
        united.measure_id,
        united.scope,
        united.business_process,
        united.srv,
        united.smets,
        united.region,
        united.device_type
    from united
    inner join register on united.measure_id = register.measure_id
    where
        register.business_process is not null
        or register.grid in (
            'found', 'processes', 'processes of SMETS2+', 'whole processes', 'places',
            'places of SMETS2+'
        )

),

grid as (

    select
        reporting_month,
        measure_id,
        scope,
        business_process,
        srv,
        smets,
        region,
        device_type
    from cells

    -- not `union all`: what is listed and filled is one cell
    union
    select * from found

)

select * from grid
