with

files as (

    select * from {{ ref('int_feeds__file_days') }}

),

days as (

    select file_date as calendar_day
    from files
    group by file_date

),

bounded as (

    select
        calendar_day,
        {{ to_utc('cast(calendar_day as timestamp)') }} as starts_at,
        {{ day_end('calendar_day') }} as ends_at
    from days

)

select * from bounded
