with

activity as (

    select * from {{ ref('int_traffic__activity') }}

),

-- An hour that the clock shows twice counts with the mean of its two; one that it skips is not
-- there (O10).
by_local_time as (

    select
        region,
        local_started_at,
        has_installs,
        sum(requests) / count(*) as requests,
        sum(installs) / count(*) as installs
    from activity
    group by region, local_started_at, has_installs

)

select * from by_local_time
