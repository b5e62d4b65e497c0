with

incidents as (

    select * from {{ ref('int_incidents__timed') }}

),

targets as (

    select
        category,
        60000000 * cast(initial_response_minutes as bigint) as response_target_us,
        3600000000 * cast(resolution_hours as bigint) as resolution_target_us
    from {{ ref('incident_targets') }}

),

judged as (

    select
        incidents.*,
        incidents.response_us / 60000000.0 as response_minutes,
        incidents.resolution_us / 3600000000.0 as resolution_hours,
        -- whole microseconds on both sides, so that equal is within; without an end, not within
        coalesce(incidents.response_us <= targets.response_target_us, false)
            as within_response_target,
        coalesce(incidents.resolution_us <= targets.resolution_target_us, false)
            as within_resolution_target
    from incidents
    left join targets on incidents.category = targets.category

)

select * from judged
