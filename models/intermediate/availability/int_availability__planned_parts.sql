with

hits as (

    select * from {{ ref('int_availability__hits') }}

),

windows as (

    select * from {{ ref('int_availability__windows') }}

),

-- V2: the part of a planned event that lies in a window of its component and region. What has no
-- regions is down where the event is, and a window of one region is not one of all.
planned as (

    select
        hits.reporting_month,
        hits.subject_kind,
        hits.subject,
        hits.smets,
        hits.region,
        {{ clipped_start('hits.started_at', 'windows.started_at') }} as started_at,
        {{ clipped_end('hits.ended_at', 'windows.ended_at') }} as ended_at
    from hits
    inner join windows
        on
            hits.reporting_month = windows.reporting_month
            and hits.component_id = windows.component_id
    where
        hits.kind = 'planned'
        and windows.region in ('All', hits.hit_region)
        and hits.started_at < windows.ended_at
        and hits.ended_at > windows.started_at

)

select * from planned
