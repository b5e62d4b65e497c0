with

runs as (

    select * from {{ ref('int_outages__runs') }}

),

recorded as (

    select * from {{ ref('int_outages__recorded') }}

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
            and (runs.region in ('All', recorded.region) or recorded.region = 'All')
            and runs.ended_at > recorded.started_at
            and runs.started_at < recorded.ended_at
    group by runs.reporting_month, runs.region, runs.started_at

)

select * from events
