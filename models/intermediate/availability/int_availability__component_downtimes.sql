with

events as (

    select * from {{ ref('int_availability__events') }}

),

-- Before each hits all that depend on its component: events that overlap or touch are one.
merged as (

    {{ merged_intervals('events', ['reporting_month', 'component_id', 'region', 'kind']) }}

)

select * from merged
