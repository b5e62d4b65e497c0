{{
    config(
        materialized='incremental',
        incremental_strategy='microbatch',
        event_time='reporting_month',
        batch_size='month',
        begin='2018-01-01',
    )
}}
with

looked_at as (

    select * from {{ ref('int_traffic__looked_at') }}

),

by_local_time as (

    select * from {{ ref('int_traffic__local_times') }}

),

weeks as (

    select number from {{ whole_numbers(1, 5) }}

),

looked_back as (

    select
        looked_at.*,
        {{ weeks_earlier('looked_at.local_started_at', 'weeks.number') }} as week_started_at
    from looked_at
    cross join weeks

),

-- O10: sums of halves, and so exact in whatever order they come
with_history as (

    select
        -- keys
        looked_back.reporting_month,
        looked_back.activity_date,
        looked_back.quarter_started_at,
        looked_back.region,
        looked_back.hour_started_at,
        looked_back.is_in_period,

        -- volume
        looked_back.requests,
        looked_back.installs,
        looked_back.has_installs,

        -- the weeks before
        count(by_local_time.region) as weeks,
        coalesce(sum(by_local_time.requests), 0) as requests_in_weeks,
        count(by_local_time.region) filter (where by_local_time.has_installs) as install_weeks,
        coalesce(sum(by_local_time.installs) filter (where by_local_time.has_installs), 0)
            as installs_in_weeks
    from looked_back
    left join by_local_time
        on
            looked_back.region = by_local_time.region
            and looked_back.week_started_at = by_local_time.local_started_at
    group by
        looked_back.reporting_month, looked_back.activity_date, looked_back.quarter_started_at,
        looked_back.region, looked_back.hour_started_at, looked_back.is_in_period,
        looked_back.requests, looked_back.installs, looked_back.has_installs

)

select * from with_history
