with

days as (

    select * from {{ ref('int_traffic__landed_days') }}

),

-- at most 25 hours in a day, and a few to spare for other clocks
numbers as (

    select number from {{ whole_numbers(0, 104) }}

),

bounded as (

    select
        *,
        {{ to_utc('cast(activity_date as timestamp)') }} as starts_at,
        {{ day_end('activity_date') }} as ends_at
    from days

),

-- Quarter-hours that really pass: an hour that the clock skips has none, one that it shows twice
-- has eight.
listed as (

    select
        bounded.reporting_month,
        bounded.activity_date,
        bounded.has_installs,
        bounded.ends_at,
        {{ minutes_later('bounded.starts_at', '15 * numbers.number') }} as quarter_started_at
    from bounded
    cross join numbers

),

told as (

    select
        reporting_month,
        activity_date,
        has_installs,
        quarter_started_at,
        {{ to_local('quarter_started_at') }} as local_started_at
    from listed
    where quarter_started_at < ends_at

),

hours as (

    select
        *,
        {{ minutes_later('quarter_started_at', '-extract(minute from local_started_at)') }}
            as hour_started_at
    from told

)

select * from hours
