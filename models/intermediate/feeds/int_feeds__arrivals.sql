with

periods as (

    select * from {{ ref('int_feeds__periods') }}

),

feeds as (

    select * from {{ ref('stg_landing__feeds') }}

),

summed as (

    select
        -- keys
        periods.reporting_month,
        periods.system,
        periods.feed,
        periods.part,

        -- what came: a daily feed is there when the last of its days is
        case
            when feeds.cadence = 'daily' then max(periods.first_arrived_at)
            else min(periods.first_arrived_at)
        end as first_landed_at,
        max(periods.latest_version) as latest_version,
        count(periods.first_arrived_at) as periods_landed,
        cast(sum(periods.rows_landed) as bigint) as rows_landed,
        cast(sum(periods.rows_quarantined) as bigint) as rows_quarantined,
        cast(sum(periods.refused_files) as bigint) as refused_files
    from periods
    inner join feeds on periods.system = feeds.system and periods.feed = feeds.feed
    group by
        periods.reporting_month, periods.system, periods.feed, periods.part, feeds.cadence

)

select * from summed
