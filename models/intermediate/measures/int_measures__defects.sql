{%- set measures = {'DEFECT-RELEASED': 'released', 'DEFECT-OPEN': 'open_accepted'} -%}
with

landed as (

    select reporting_month
    from {{ ref('int_feeds__landed_parts') }}
    where system = 'dcc' and feed = 'defects'
    group by reporting_month

),

scopes as (

    select * from {{ ref('int_measures__grid_scopes') }}
    where grid = 'severities'

),

defects as (

    select * from {{ ref('int_operations__defects_summed') }}

),

by_scope as (

    select
        reporting_month,
        case when grouping(severity) = 1 then 'All' else 'Severity ' || severity end as scope,
        sum(released) as released,
        sum(open_accepted) as open_accepted
    from defects
    group by reporting_month, rollup(severity)

),

-- Where the month's extract is there, a severity that it does not name has no defect.
counts as (
    {% for measure, count in measures.items() %}
        select
            landed.reporting_month,
            '{{ measure }}' as measure_id,
            scopes.scope,
            cast(coalesce(by_scope.{{ count }}, 0) as double) as numerator
        from landed
        inner join scopes on landed.reporting_month = scopes.reporting_month
        left join by_scope
            on
                scopes.reporting_month = by_scope.reporting_month
                and scopes.scope = by_scope.scope
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

        -- figure
        numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        'Reported' as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from counts

)

select * from cells
