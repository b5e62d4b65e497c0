with

cells as (

    select * from {{ ref('int_measures__expected_cells') }}

),

landed as (

    select
        reporting_month,
        system || '/' || feed as feed
    from {{ ref('int_feeds__landed_parts') }}
    group by reporting_month, system, feed

),

-- Families that begin at the rows of an extract have none to begin at while it is awaited.
awaited as (

    select
        -- keys
        cells.reporting_month,
        cells.measure_id,
        cells.scope,
        cells.business_process,
        cells.srv,
        cells.smets,
        cells.region,
        cells.device_type,

        -- figure
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        'Not Reported' as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from cells
    left join landed
        on cells.reporting_month = landed.reporting_month and cells.feed = landed.feed
    where cells.feed is not null and landed.feed is null

)

select * from awaited
