with

runs as (

    select * from {{ ref('int_outages__runs') }}

),

events as (

    select * from {{ ref('int_outages__records_beside') }}

),

major as (

    select * from {{ ref('int_outages__incidents_beside') }}

),

commentary as (

    select * from {{ ref('int_commentary__latest_texts') }}
    where measure_id = 'OUT-DET'

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
