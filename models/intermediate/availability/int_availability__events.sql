with

periods as (

    select * from {{ ref('int_availability__periods') }}

),

events as (

    select * from {{ ref('stg_dsp__component_events') }}

),

-- V1: clipped to the period. There is one period in a run, so each event is compared once.
clipped as (

    select
        -- keys
        periods.reporting_month,
        events.event_id,
        events.component_id,
        events.region,
        events.kind,

        -- the part of it that lies in the period
        {{ clipped_start('events.started_at', 'periods.period_starts_at') }} as started_at,
        {{ clipped_end('events.ended_at', 'periods.extract_at') }} as ended_at
    from periods
    inner join events
        on
            periods.extract_at > events.started_at
            and coalesce(periods.period_starts_at < events.ended_at, true)

)

select * from clipped
