with

files as (

    select * from {{ ref('stg_landing__files') }}

),

feeds as (

    select * from {{ ref('stg_landing__feeds') }}

),

commentary as (

    select * from {{ ref('stg_dcc__commentary') }}

),

-- What was replaced was about the months of what replaced it: its own rows are no longer there.
named as (

    select
        files.system,
        files.feed,
        files.file_date,
        files.part,
        commentary.reporting_month
    from files
    inner join commentary on files.source_file = commentary.source_file
    group by
        files.system, files.feed, files.file_date, files.part, commentary.reporting_month

),

-- A feed that comes at any time names its months in its rows, every other one in its file name.
assigned as (

    select
        coalesce(
            named.reporting_month,
            cast(date_trunc('month', files.file_date) as date)
        ) as reporting_month,
        files.*,
        feeds.cadence
    from files
    inner join feeds on files.system = feeds.system and files.feed = feeds.feed
    left join named
        on
            files.system = named.system
            and files.feed = named.feed
            and files.file_date = named.file_date
            and files.part = named.part

)

select * from assigned
