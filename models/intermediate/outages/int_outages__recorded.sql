with

events as (

    select * from {{ ref('stg_dsp__component_events') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- What was recorded of the period, as far as it lies in it; an open end is the extract point (V1).
recorded as (

    select
        periods.reporting_month,
        events.event_id,
        events.component_id,
        events.region,
        events.kind,
        events.incident_id,
        greatest(events.started_at, periods.period_starts_at) as started_at,
        least(coalesce(events.ended_at, periods.extract_at), periods.extract_at) as ended_at
    from events
    inner join periods
        on
            events.started_at < periods.extract_at
            and coalesce(events.ended_at, periods.extract_at) > periods.period_starts_at

)

select * from recorded
