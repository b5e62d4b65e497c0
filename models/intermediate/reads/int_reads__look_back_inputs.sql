with

months as (

    select * from {{ ref('int_calendar__months') }}

),

files as (

    select * from {{ ref('int_requests__file_inputs') }}

),

snapshots as (

    select * from {{ ref('int_devices__snapshot_inputs') }}

),

-- The days of the month, and those that the first of them looks back to (O3).
looked_at as (

    select
        months.reporting_month,
        cast(sum(files.rows) as bigint) as rows,
        bool_or(files.reporting_month = months.reporting_month) as has_requests,
        md5(string_agg(files.period || files.fingerprint, ',' order by files.period))
            as fingerprint
    from months
    inner join files
        on
            {{ first_day_looked_at('months.reporting_month') }} <= files.period
            and {{ month_end('months.reporting_month') }} >= files.period
    group by months.reporting_month

),

joined as (

    select
        looked_at.reporting_month,
        looked_at.reporting_month as period,
        looked_at.rows,
        md5(looked_at.fingerprint || coalesce(snapshots.fingerprint, 'no snapshot')) as fingerprint
    from looked_at
    left join snapshots on looked_at.reporting_month = snapshots.reporting_month
    where looked_at.has_requests

)

select * from joined
