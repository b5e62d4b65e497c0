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

valued as (

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
        case
            when cells.state = 'Reported'
                then {{ measure_level(
                    'register.formula', 'cells.numerator', 'cells.denominator', 'cells.level'
                ) }}
        end as value
    from cells
    inner join register on cells.measure_id = register.measure_id
    left join previous
        on
            cells.reporting_month = previous.reporting_month
            and cells.measure_id = previous.measure_id
            and cells.scope = previous.scope

),

-- An indicator has no status, and so wants no commentary itself.
told as (

    select
        reporting_month,
        measure_id,
        scope,
        business_process,
        srv,
        smets,
        region,
        device_type,
        measure_name,
        kind,
        numerator,
        denominator,
        value,
        {{ value_text('value', 'unit', 'state') }} as value_text,
        unit,
        direction,
        target,
        minimum,
        previous_value,
        cast(null as varchar) as status,
        false as commentary_required,
        state,
        {{ shown_value('value', 'unit') }} as shown_value,
        previous_text,
        formula,
        requirement,
        rule,
        section,
        sort_order,
        'int_measures__commentary' as family_model
    from valued

)

select * from told
