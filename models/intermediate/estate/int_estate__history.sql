with

months as (

    select * from {{ ref('int_reads__history') }}

),

snapshots as (

    select * from {{ ref('stg_landing__files') }}
    where is_current and system = 'dsp' and feed = 'devices'

),

-- O12: how far back the estate was seen, in requests and in snapshots.
looked_back as (

    select
        months.reporting_month,
        months.history_days,
        min(snapshots.file_date) as firmware_seen_since
    from months
    inner join snapshots on months.reporting_month >= snapshots.file_date
    group by months.reporting_month, months.history_days

)

select * from looked_back
