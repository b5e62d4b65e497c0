with

judged as (

    select * from {{ ref('int_measures__judged') }}

),

-- How much commentary is wanted follows from the figures above, and is itself a figure.
commentary as (

    select * from {{ ref('int_measures__commentary_judged') }}

),

united as (

    select * from judged
    union all
    select * from commentary

),

final as (

    select
        -- keys
        reporting_month,
        measure_id,
        scope,
        business_process,
        srv,
        smets,
        region,
        device_type,

        -- figure
        measure_name,
        kind,
        numerator,
        denominator,
        value,
        value_text,
        unit,
        direction,
        target,
        minimum,
        previous_value,
        status,
        commentary_required,

        -- how it came about
        state,
        shown_value,
        previous_text,
        formula,
        requirement,
        rule,
        section,
        sort_order,
        family_model
    from united

)

select * from final
