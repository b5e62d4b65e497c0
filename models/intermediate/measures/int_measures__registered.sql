with

united as (

    select * from {{ ref('int_measures__united') }}

),

register as (

    select * from {{ ref('int_register__measures') }}

),

-- What a row says of itself goes before what the register says of its measure.
registered as (

    select
        -- keys
        united.reporting_month,
        united.measure_id,
        united.scope,
        united.business_process,
        united.srv,
        united.smets,
        united.region,
        united.device_type,

        -- figure
        united.numerator,
        united.denominator,
        united.level,
        united.state,

        -- what it is held against
        coalesce(united.unit, register.unit) as unit,
        coalesce(united.direction, register.direction) as direction,
        coalesce(united.target, register.target) as target,
        coalesce(united.minimum, register.minimum) as minimum,

        -- how it is computed: a level that came ready is what the family gives
        coalesce(register.formula, united.formula) as formula,

        -- register
        register.measure_name,
        register.kind,
        register.requirement,
        register.rule,
        register.section,
        register.sort_order,
        united.family_model
    from united
    inner join register on united.measure_id = register.measure_id

)

select * from registered
