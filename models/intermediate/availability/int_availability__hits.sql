with

dependents as (

    select * from {{ ref('int_availability__dependents') }}

),

events as (

    select * from {{ ref('int_availability__events') }}

),

-- V1: an event without a region hits every one, and what has no regions is hit by any event.
hits as (

    select
        -- what is down
        dependents.reporting_month,
        dependents.subject_kind,
        dependents.subject,
        dependents.smets,
        dependents.region,

        -- by what
        dependents.component_id,
        events.kind,
        case
            when dependents.region = 'All' then events.region
            else dependents.region
        end as hit_region,
        events.started_at,
        events.ended_at
    from dependents
    inner join events
        on
            dependents.reporting_month = events.reporting_month
            and dependents.component_id = events.component_id
    where dependents.region = 'All' or events.region in ('All', dependents.region)

)

select * from hits
