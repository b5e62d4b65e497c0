with

figures as (

    select * from {{ ref('int_supplier_changes__open_figures') }}

),

levels as (

    select
        *,
        'COS1-AGE' as measure_id,
        case when is_known then devices end as numerator,
        case when is_known then 'Reported' else 'Not Reported' end as state
    from figures

    union all

    select
        *,
        'COS1-RETRY' as measure_id,
        max_requests_per_device as numerator,
        case
            when devices > 0 then 'Reported'
            when is_known then 'No Events'
            else 'Not Reported'
        end as state
    from figures

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        age_band as scope,
        'Change of Supplier (Gain)' as business_process,
        {{ unsplit(except=['business_process', 'smets', 'region']) }},
        smets,
        region,

        -- figure
        cast(numerator as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from levels

)

select * from cells
