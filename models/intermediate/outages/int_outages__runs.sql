with

quarters as (

    select * from {{ ref('int_outages__quarters') }}
    where is_low

),

-- Of quarter-hours that follow one another (elapsed time) the place in the row and the time grow
-- alike: what is left of the time is the same for all of a run.
placed as (

    select
        *,
        {{ minutes_later(
            'quarter_started_at',
            '-15 * row_number() over (
                partition by reporting_month, region order by quarter_started_at
            )',
        ) }} as run
    from quarters

),

-- A run of two or more (O10). One that began before the month is told from the month's start on:
-- before it, the month before tells.
runs as (

    select
        -- keys
        reporting_month,
        region,
        min(quarter_started_at) filter (where is_in_period) as started_at,

        -- end
        {{ minutes_later('max(quarter_started_at)', '15') }} as ended_at,

        -- volume
        {{ order_free_sum('case when is_in_period then requests_norm end') }} as expected,
        cast(sum(requests) filter (where is_in_period) as bigint) as actual
    from placed
    group by reporting_month, region, run
    having count(*) >= 2 and bool_or(is_in_period)

)

select * from runs
