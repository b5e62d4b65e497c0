with

months as (

    select * from {{ ref('int_calendar__months') }}

),

feeds as (

    select * from {{ ref('stg_landing__feeds') }}

),

files as (

    select * from {{ ref('stg_landing__files') }}

),

-- The feeds that have to come every day before a month can be final.
daily_feeds as (

    select
        system,
        feed,
        count(*) over () as feeds_due
    from feeds
    where cadence = 'daily' and is_mandatory

),

complete_days as (

    select files.file_date
    from files
    inner join daily_feeds on files.system = daily_feeds.system and files.feed = daily_feeds.feed
    where files.is_current
    group by files.file_date
    having count(distinct files.system || '/' || files.feed) = max(daily_feeds.feeds_due)

),

last_complete_days as (

    select
        cast(date_trunc('month', file_date) as date) as reporting_month,
        max(file_date) as last_complete_day
    from complete_days
    group by cast(date_trunc('month', file_date) as date)

),

bounded as (

    select
        months.reporting_month,
        {{ month_start('months.reporting_month') }} as period_starts_at,
        case
            when last_complete_days.last_complete_day is null
                then {{ extract_point('months.reporting_month') }}
            else {{ day_end('last_complete_days.last_complete_day') }}
        end as extract_at
    from months
    left join last_complete_days on months.reporting_month = last_complete_days.reporting_month

)

select * from bounded
