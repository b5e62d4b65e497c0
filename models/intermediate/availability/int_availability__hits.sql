with

dependents as (

    select * from {{ ref('int_availability__dependents') }}

),

downtimes as (

    select * from {{ ref('int_availability__component_downtimes') }}

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
        downtimes.kind,
        case
            when dependents.region = 'All' then downtimes.region
            else dependents.region
        end as hit_region,
        downtimes.started_at,
        downtimes.ended_at
    from dependents
    inner join downtimes
        on
            dependents.reporting_month = downtimes.reporting_month
            and dependents.component_id = downtimes.component_id
    where dependents.region = 'All' or downtimes.region in ('All', dependents.region)

)

select * from hits
