with

levels as (

    select * from {{ ref('int_providers__levels') }}

),

previous as (

    select * from {{ ref('int_register__previous_levels') }}

),

exceptions as (

    select * from {{ ref('int_providers__exceptions_in_period') }}

),

joined as (

    select
        levels.*,
        previous.previous_value,
        previous.previous_text,
        exceptions.exceptions
    from levels
    left join previous
        on
            levels.reporting_month = previous.reporting_month
            and previous.measure_id = 'SP-PM'
            and levels.scope = previous.scope
    left join exceptions
        on
            levels.reporting_month = exceptions.reporting_month
            and levels.provider = exceptions.provider
            and levels.measure_no = exceptions.measure_no

),

final as (

    select
        -- keys
        reporting_month,
        provider,
        measure_no,

        -- level
        measure_name,
        level,
        {{ value_text('level', 'unit', 'state') }} as level_text,
        previous_value as previous_level,
        coalesce(previous_text, 'Not Published') as previous_text,
        target,
        minimum,
        {{ measure_status('shown_level', 'target', 'minimum', 'direction') }} as status,

        -- evidence
        numerator,
        denominator,
        coalesce(exceptions, 0) as exceptions,
        contributes_to,

        -- what it is, and how it was computed
        area,
        period,
        unit,
        direction,
        formula,
        state,
        shown_level,
        reported_level,
        source_file
    from joined

)

select * from final
