with

months as (

    select * from {{ ref('int_calendar__months') }}

),

code_performance_targets as (

    select * from {{ ref('code_performance_targets') }}

),

register as (

    select * from {{ ref('int_register__measures') }}

),

inputs as (

    select * from {{ ref('int_code_performance__inputs') }}

),

joined as (

    select
        months.reporting_month,
        code_performance_targets.measure,
        register.measure_name,
        register.unit,
        register.direction,
        register.formula,
        register.target,
        register.minimum,
        inputs.numerator,
        inputs.denominator,
        inputs.level as mean_level,
        coalesce(inputs.state, 'Not Reported') as state,
        coalesce(inputs.contributions, 0) as contributions,
        coalesce(inputs.registered_contributions, 0) as registered_contributions,
        coalesce(inputs.has_inputs, false) as has_inputs
    from months
    cross join code_performance_targets
    inner join register on code_performance_targets.measure = register.measure_id
    left join inputs
        on
            months.reporting_month = inputs.reporting_month
            and code_performance_targets.measure = inputs.measure

),

computed as (

    select
        *,
        case
            when state = 'Reported'
                then {{ measure_level('formula', 'numerator', 'denominator', 'mean_level') }}
        end as level
    from joined

),

shown as (

    select
        *,
        {{ shown_value('level', 'unit') }} as shown_level
    from computed

)

select * from shown
