{{
    config(
        materialized='by_period',
        period_column='reporting_month',
        period_unit='month',
        inputs='int_availability__inputs',
    )
}}
-- depends_on: {{ ref('int_availability__inputs') }}
{%- set keys = ['reporting_month', 'subject_kind', 'subject', 'smets', 'region'] %}
with

hits as (

    select * from {{ ref('int_availability__hits') }}

),

planned_parts as (

    select * from {{ ref('int_availability__planned_parts') }}

),

periods as (

    select * from {{ ref('int_availability__periods') }}

),

-- V1, V3: down while any component is, whichever they are
down as (

    {{ merged_intervals('hits', keys) }}

),

planned as (

    {{ merged_intervals('planned_parts', keys) }}

),

-- V2, V5: what is planned is not unplanned as well; each interval that is left is an outage
unplanned as (

    {{ subtracted_intervals('down', 'planned', keys) }}

),

united as (
    {% for extent in ['down', 'planned', 'unplanned'] %}
        select
            {{ keys | join(', ') }},
            '{{ extent }}' as extent,
            started_at,
            ended_at
        from {{ extent }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

in_period as (

    select
        united.*,
        periods.period_starts_at
    from united
    inner join periods on united.reporting_month = periods.reporting_month

)

select * from in_period
