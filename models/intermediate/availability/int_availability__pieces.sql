{{
    config(
        materialized='by_period',
        period_column='reporting_month',
        period_unit='month',
        inputs='int_availability__downtimes',
    )
}}
{%- set keys = ['reporting_month', 'subject_kind', 'subject', 'smets', 'region', 'extent'] %}
with

downtimes as (

    select * from {{ ref('int_availability__downtimes') }}
    where {{ in_months_of_period('reporting_month') }}

),

cells as (

    select * from {{ ref('int_availability__cells') }}

),

cut as (

    {{ pieces_at_borders('downtimes', 'cells', keys) }}

),

-- V3: borders of cells are whole minutes, so a minute lies in one piece
counted as (

    select
        {{ keys | join(', ') }},
        activity_date,
        hour_started_at,
        band,
        of_started_at,
        {{ whole_minutes('started_at', 'ended_at') }} as minutes
    from cut

)

select * from counted
