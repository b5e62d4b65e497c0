with

levels as (

    select * from {{ ref('int_code_performance__levels') }}

),

previous as (

    select * from {{ ref('int_register__previous_levels') }}

),

joined as (

    select
        levels.*,
        previous.previous_value,
        previous.previous_text
    from levels
    left join previous
        on
            levels.reporting_month = previous.reporting_month
            and levels.measure = previous.measure_id
            and previous.scope = 'All'

),

final as (

    select
        -- keys
        reporting_month,
        measure,

        -- level
        level,
        {{ value_text('level', 'unit', 'state') }} as level_text,
        previous_value as previous_level,
        coalesce(previous_text, 'Not Published') as previous_text,
        target,
        minimum,
        {{ measure_status('shown_level', 'target', 'minimum', 'direction') }} as status,
        contributions,

        -- what it is, and how it was computed
        measure_name,
        unit,
        direction,
        formula,
        state,
        shown_level,
        numerator,
        denominator,
        registered_contributions
    from joined

)

select * from final
