with

files as (

    select * from {{ ref('stg_landing__files') }}

),

feeds as (

    select * from {{ ref('stg_landing__feeds') }}

),

commentary as (

    select
        source_file,
        reporting_month
    from {{ ref('stg_dcc__commentary') }}
    group by source_file, reporting_month

),

-- A feed that comes at any time names its months in its rows, every other one in its file name.
assigned as (

    select
        coalesce(
            commentary.reporting_month,
            cast(date_trunc('month', files.file_date) as date)
        ) as reporting_month,
        files.*,
        feeds.cadence
    from files
    inner join feeds on files.system = feeds.system and files.feed = feeds.feed
    left join commentary on files.source_file = commentary.source_file

)

select * from assigned
