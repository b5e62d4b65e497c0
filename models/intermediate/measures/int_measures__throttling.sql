{#- Of each measure: what is counted, and the list of directions that it has. -#}
{%- set measures = {
    'THROTTLE-EVENTS': ['events', 'directions'],
    'THROTTLE-INCIDENTS': ['incidents', 'directions'],
    'THROTTLE-SECONDS': ['throttled_seconds', 'directions'],
    'THROTTLE-FORWARDED': ['forwarded', 'alert_storms'],
    'THROTTLE-DROPPED': ['dropped', 'alert_storms'],
    'THROTTLE-EXEMPTED': ['exempted', 'alert_storms'],
} -%}
with

landed as (

    select reporting_month
    from {{ ref('int_feeds__landed_parts') }}
    where system = 'dcc' and feed = 'throttling'
    group by reporting_month

),

scopes as (

    select * from {{ ref('int_measures__grid_scopes') }}

),

summed as (

    select * from {{ ref('int_operations__throttling_summed') }}

),

counts as (
    {% for measure, (count, grid) in measures.items() %}
        select
            scopes.reporting_month,
            '{{ measure }}' as measure_id,
            scopes.scope,
            summed.events,
            cast(summed.{{ count }} as double) as counted
        from landed
        inner join scopes on landed.reporting_month = scopes.reporting_month
        left join summed
            on
                scopes.reporting_month = summed.reporting_month
                and scopes.scope = summed.direction
        where scopes.grid = '{{ grid }}'
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        scope,
        {{ unsplit() }},

        -- figure: time is a level, all else is counted
        case when measure_id <> 'THROTTLE-SECONDS' then counted end as numerator,
        cast(null as double) as denominator,
        case when measure_id = 'THROTTLE-SECONDS' then counted end as level,
        case
            when events is null then 'No Events'
            when counted is null then 'Not Reported'
            else 'Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from counts

)

select * from cells
