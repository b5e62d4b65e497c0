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

summed as (

    select
        files.reporting_month,
        files.system || '/' || files.feed as feed,
        cast(sum(files.rows_read) as double) as rows_read,
        cast(sum(files.rows_landed + files.rows_quarantined) as double) as rows_kept,
        cast(sum(files.rows_quarantined) as double) as rows_quarantined,
        cast(sum(coalesce(quarantine.rows_listed, 0)) as double) as rows_listed
    from files
    left join quarantine on files.source_file = quarantine.source_file
    group by files.reporting_month, files.system, files.feed

),

sides as (

    select
        summed.reporting_month,
        summed.feed || ': ' || checks.claim as check_name,
        checks.side,
        case checks.amount
            when 'read' then summed.rows_read
            when 'kept' then summed.rows_kept
            when 'quarantined' then summed.rows_quarantined
            when 'listed' then summed.rows_listed
        end as amount
    from summed
    cross join (
        values
        ('every row read is landed or quarantined', 'expected', 'read'),
        ('every row read is landed or quarantined', 'actual', 'kept'),
        ('every quarantined row is listed', 'expected', 'quarantined'),
        ('every quarantined row is listed', 'actual', 'listed')
    ) as checks (claim, side, amount)

)

select * from sides
