with

files as (

    select * from {{ ref('int_alerts__file_inputs') }}

),

snapshots as (

    select * from {{ ref('int_devices__snapshot_inputs') }}

),

owners as (

    select * from {{ ref('int_alerts__owners') }}
    where reporting_month = alert_month

),

owned as (

    select
        alert_date,
        md5(
            string_agg(alert_id || ' ' || request_id, ',' order by alert_id, request_id)
        ) as fingerprint
    from owners
    group by alert_date

),

joined as (

    select
        files.reporting_month,
        files.period,
        files.rows,
        md5(
            files.fingerprint
            || coalesce(snapshots.fingerprint, 'no snapshot')
            || coalesce(owned.fingerprint, 'no owner')
        ) as fingerprint
    from files
    left join snapshots on files.reporting_month = snapshots.reporting_month
    left join owned on files.period = owned.alert_date

)

select * from joined
