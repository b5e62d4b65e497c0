with

runs as (

    select * from {{ ref('int_outages__runs') }}

),

recorded as (

    select * from {{ ref('int_outages__recorded') }}

),

incidents as (

    select * from {{ ref('int_traffic__incidents') }}

),

commentary as (

    select * from {{ ref('int_commentary__latest_texts') }}
    where measure_id = 'OUT-DET'

),

-- An event of no region hits all of them; the total falls with whichever region is hit.
events as (

    select
        runs.reporting_month,
        runs.region,
        runs.started_at,
        string_agg(recorded.event_id, '|' order by recorded.event_id) as recorded_event_ids
    from runs
    inner join recorded
        on
            runs.reporting_month = recorded.reporting_month
            and (recorded.region in ('All', runs.region) or runs.region = 'All')
            and recorded.started_at < runs.ended_at
            and recorded.ended_at > runs.started_at
    group by runs.reporting_month, runs.region, runs.started_at

),

major as (

    select
        runs.reporting_month,
        runs.region,
        runs.started_at,
        string_agg(incidents.incident_id, '|' order by incidents.incident_id) as incident_ids
    from runs
    inner join incidents
        on
            runs.reporting_month = incidents.reporting_month
            and runs.region = incidents.region
            and incidents.started_at < runs.ended_at
            and incidents.ended_at > runs.started_at
    group by runs.reporting_month, runs.region, runs.started_at

),

-- A text about the measure speaks of every detected outage of its region (of all regions, where it
-- names none); one about `OUT-DET/2020-09-07 15:30` of those that began at that local time.
commented as (

    select
        runs.reporting_month,
        runs.region,
        runs.started_at
    from runs
    inner join commentary
        on
            runs.reporting_month = commentary.reporting_month
            and commentary.region in ('All', runs.region)
            and commentary.scope in ('All', {{ minute_label(to_local('runs.started_at')) }})
    group by runs.reporting_month, runs.region, runs.started_at

),

explained as (

    select
        runs.*,
        events.recorded_event_ids,
        major.incident_ids,
        commented.region is not null as has_commentary
    from runs
    left join events
        on
            runs.reporting_month = events.reporting_month
            and runs.region = events.region
            and runs.started_at = events.started_at
    left join major
        on
            runs.reporting_month = major.reporting_month
            and runs.region = major.region
            and runs.started_at = major.started_at
    left join commented
        on
            runs.reporting_month = commented.reporting_month
            and runs.region = commented.region
            and runs.started_at = commented.started_at

)

select * from explained
