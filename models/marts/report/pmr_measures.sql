with

registered as (

    select * from {{ ref('int_measures__registered') }}

),

previous as (

    select * from {{ ref('int_register__previous_levels') }}

),

-- Here, and nowhere else on the way of a measure, numerators meet denominators.
valued as (

    select
        *,
        case
            when state = 'Reported'
                then {{ measure_level('formula', 'numerator', 'denominator', 'level') }}
        end as value
    from registered

),

shown as (

    select
        *,
        {{ shown_value('value', 'unit') }} as shown_value
    from valued

),

judged as (

    select
        *,
        case
            when kind = 'M'
                then {{ measure_status('shown_value', 'target', 'minimum', 'direction') }}
        end as status
    from shown

),

final as (

    select
        -- keys
        judged.reporting_month,
        judged.measure_id,
        judged.scope,
        judged.business_process,
        judged.srv,
        judged.smets,
        judged.region,
        judged.device_type,

        -- figure
        judged.measure_name,
        judged.kind,
        judged.numerator,
        judged.denominator,
        judged.value,
        {{ value_text('judged.value', 'judged.unit', 'judged.state') }} as value_text,
        judged.unit,
        judged.direction,
        judged.target,
        judged.minimum,
        previous.previous_value,
        judged.status,
        coalesce(judged.status in ('Below Target', 'Below Minimum'), false) as commentary_required,

        -- how it came about
        judged.state,
        judged.shown_value,
        previous.previous_text,
        judged.formula,
        judged.requirement,
        judged.rule,
        judged.section,
        judged.sort_order,
        judged.family_model
    from judged
    left join previous
        on
            judged.reporting_month = previous.reporting_month
            and judged.measure_id = previous.measure_id
            and judged.scope = previous.scope
            -- an issue keeps the levels of what is not split any further
            and judged.srv = 'All'
            and judged.smets = 'All'
            and judged.region = 'All'
            and judged.device_type = 'All'

)

select * from final
