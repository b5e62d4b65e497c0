with

figures as (

    select * from {{ ref('int_parties__day_figures') }}

),

levels as (

    select
        reporting_month,
        'COS1-DAY' as measure_id,
        succeeded as numerator,
        attempts as denominator,
        case when attempts = 0 then 'No Events' else 'Reported' end as state
    from figures

    union all

    select
        reporting_month,
        'IC-PRED-PARTY' as measure_id,
        attempted_predicted as numerator,
        predicted as denominator,
        case
            -- O7: no day of the week before was there to predict from, and that is not nought
            when party_days > 0 and predicted is null then 'Not Reported'
            when coalesce(predicted, 0) = 0 then 'No Events'
            else 'Reported'
        end as state
    from figures

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        'All' as scope,
        {{ unsplit() }},

        -- figure
        cast(case when state = 'Reported' then numerator end as double) as numerator,
        cast(case when state = 'Reported' then denominator end as double) as denominator,
        cast(null as double) as level,
        state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from levels

)

select * from cells
