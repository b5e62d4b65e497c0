{#- Of each measure: what is counted, what it is held against, what had to happen for it, and
    whether history is lacking. -#}
{%- set measures = {
    'IC-VOL-SUCCEEDED': ['succeeded', 'null', 'coalesce(attempted, 0)', 'false'],
    'IC-VOL-FAILED': ['failed', 'null', 'coalesce(attempted, 0)', 'false'],
    'IC-PRED': [
        'attempted_predicted', 'predicted', 'coalesce(predicted, 0)', 'is_without_history'
    ],
} -%}
with

figures as (

    select * from {{ ref('int_installs__place_figures') }}

),

levels as (

    {{ each_measure(
        'figures', measures, ['smets', 'region', 'device_type'],
        ['numerator', 'denominator', 'events', 'is_without_history'],
    ) }}

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        'All' as scope,
        'Install and Commission' as business_process,
        {{ unsplit(except=['business_process', 'smets', 'region', 'device_type']) }},
        smets,
        region,
        device_type,

        -- figure
        cast(case when events > 0 then numerator end as double) as numerator,
        cast(case when events > 0 then denominator end as double) as denominator,
        cast(null as double) as level,
        case
            -- O7: no day of the week before was there to predict from, and that is not nought
            when is_without_history then 'Not Reported'
            when events = 0 then 'No Events'
            else 'Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from levels

)

select * from cells
