{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

with

files as (

    select * from {{ ref('int_feeds__files_by_month') }}
    where is_current

),

quarantine as (

    select
        source_file,
        count(*) as rows_listed
    from {{ ref('stg_landing__quarantine') }}
    group by source_file

),

read_rows as (

    select
        reporting_month,
        system || '/' || feed || ': every row read is landed or quarantined' as check_name,
        'expected' as side,
        cast(sum(rows_read) as double) as amount
    from files
    group by reporting_month, system, feed

),

kept_rows as (

    select
        reporting_month,
        system || '/' || feed || ': every row read is landed or quarantined' as check_name,
        'actual' as side,
        cast(sum(rows_landed + rows_quarantined) as double) as amount
    from files
    group by reporting_month, system, feed

),

counted_rows as (

    select
        reporting_month,
        system || '/' || feed || ': every quarantined row is listed' as check_name,
        'expected' as side,
        cast(sum(rows_quarantined) as double) as amount
    from files
    group by reporting_month, system, feed

),

listed_rows as (

    select
        files.reporting_month,
        files.system || '/' || files.feed || ': every quarantined row is listed' as check_name,
        'actual' as side,
        cast(sum(coalesce(quarantine.rows_listed, 0)) as double) as amount
    from files
    left join quarantine on files.source_file = quarantine.source_file
    group by files.reporting_month, files.system, files.feed

),

sides as (

    select * from read_rows
    union all
    select * from kept_rows
    union all
    select * from counted_rows
    union all
    select * from listed_rows

)

select * from sides
