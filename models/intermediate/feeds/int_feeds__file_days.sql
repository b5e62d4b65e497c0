with

files as (

    select * from {{ ref('stg_landing__files') }}

),

days as (

    select * from {{ ref('stg_landing__file_days') }}

),

current_days as (

    select
        -- keys
        files.system || '/' || files.feed as feed_id,
        files.file_date,
        days.activity_date,
        files.source_file,

        -- what it holds
        cast(date_trunc('month', days.activity_date) as date) as reporting_month,
        files.sha256,
        files.contract_version,
        days.rows_landed
    from files
    inner join days on files.source_file = days.source_file and files.sha256 = days.sha256
    where files.is_current

)

select * from current_days
