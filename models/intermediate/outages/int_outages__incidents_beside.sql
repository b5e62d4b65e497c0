with

runs as (

    select * from {{ ref('int_outages__runs') }}

),

incidents as (

    select * from {{ ref('int_traffic__incidents') }}

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
            and runs.ended_at > incidents.started_at
            and runs.started_at < incidents.ended_at
    group by runs.reporting_month, runs.region, runs.started_at

)

select * from major
