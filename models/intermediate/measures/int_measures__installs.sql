{#- Of each measure: what is counted, what it is held against, and what had to happen for it. -#}
{%- set measures = {
    'IC-VOL-SUCCEEDED': ['succeeded', 'null', 'attempted'],
    'IC-VOL-FAILED': ['failed', 'null', 'attempted'],
    'IC-PRED': ['attempted_predicted', 'predicted', 'predicted'],
} -%}
with

figures as (

    select * from {{ ref('int_installs__place_figures') }}

),

levels as (
    {% for measure, (part, whole, events) in measures.items() %}
        select
            reporting_month,
            '{{ measure }}' as measure_id,
            smets,
            region,
            device_type,
            {{ part }} as numerator,
            {{ whole }} as denominator,
            coalesce({{ events }}, 0) as events,
            {{ "is_without_history" if whole == 'predicted' else 'false' }} as is_without_history
        from figures
        {{ 'union all' if not loop.last }}
    {%- endfor %}
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
