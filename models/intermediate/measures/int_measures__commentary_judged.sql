with

cells as (

    select * from {{ ref('int_measures__commentary') }}

),

register as (

    select * from {{ ref('int_register__measures') }}

),

previous as (

    select * from {{ ref('int_register__previous_levels') }}

),

registered as (

    select
        cells.*,
        register.measure_name,
        register.kind,
        register.unit,
        register.direction,
        register.formula,
        register.requirement,
        register.rule,
        register.section,
        register.sort_order,
        previous.previous_value,
        previous.previous_text,
        'int_measures__commentary' as family_model
    from cells
    inner join register on cells.measure_id = register.measure_id
    left join previous
        on
            cells.reporting_month = previous.reporting_month
            and cells.measure_id = previous.measure_id
            and cells.scope = previous.scope

),

judged as (

    {{ judged_measures('registered') }}

)

select * from judged
