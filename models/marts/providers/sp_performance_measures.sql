with

levels as (

    select * from {{ ref('int_providers__levels_with_previous') }}

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
    from levels

)

select * from final
