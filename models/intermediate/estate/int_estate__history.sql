with

months as (

    select * from {{ ref('int_reads__history') }}

),

snapshots as (

    select * from {{ ref('int_estate__snapshot_inputs') }}

),

-- O12: how far back the estate was seen, in requests and in snapshots.
looked_back as (

    select
        months.reporting_month,
        months.history_days,
        min(snapshots.reporting_month) as firmware_seen_since
    from months
    inner join snapshots on months.reporting_month >= snapshots.reporting_month
    group by months.reporting_month, months.history_days

)

select * from looked_back
