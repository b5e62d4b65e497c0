with

register as (

    select * from {{ ref('int_register__measures') }}

),

scopes as (

    select * from {{ ref('int_measures__grid_scopes') }}

),

cells as (

    select
        scopes.reporting_month,
        register.measure_id,
        scopes.scope,
        {{ unsplit() }},
        register.feed
    from register
    inner join scopes on register.grid = scopes.grid

)

select * from cells
