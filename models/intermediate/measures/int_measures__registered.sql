with

united as (

    select * from {{ ref('int_measures__united') }}

),

register as (

    select * from {{ ref('int_register__measures') }}

),

targets as (

    select * from {{ ref('process_measure_targets') }}

),

-- What a row says of itself goes before what the register says of its measure. A target is agreed
-- for a cell of a process, all SRVs together, and no other cell takes it over (C6).
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
        coalesce(united.target, targets.target, register.target) as target,
        coalesce(united.minimum, targets.minimum, register.minimum) as minimum,

        -- how it is computed: a level that came ready is what the family gives
        coalesce(register.formula, united.formula) as formula,

        -- register
        register.measure_name,
        register.kind,
        register.requirement,
        register.business_process as process_of_measure,
        register.rule,
        register.section,
        register.sort_order,
        united.family_model
    from united
    inner join register on united.measure_id = register.measure_id
    left join targets
        on
            united.measure_id = targets.measure_id
            and united.business_process = targets.business_process
            and united.smets = targets.smets
            and united.region = targets.region
            and united.device_type = targets.device_type
            and united.srv = 'All'
            and united.scope = 'All'
            and united.reporting_month >= targets.valid_from
            and united.reporting_month <= coalesce(targets.valid_to, united.reporting_month)

)

select * from registered
