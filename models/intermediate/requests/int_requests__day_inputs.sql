with

files as (

    select * from {{ ref('int_requests__file_inputs') }}

),

snapshots as (

    select * from {{ ref('int_devices__snapshot_inputs') }}

),

owners as (

    select * from {{ ref('int_alerts__owners') }}
    where reporting_month = request_month

),

firmware_devices as (

    select * from {{ ref('int_requests__firmware_devices') }}

),

-- What other days' files say of a day's requests.
failed as (

    select
        request_date,
        md5(string_agg(request_id, ',' order by request_id)) as fingerprint
    from owners
    group by request_date

),

targeted as (

    select
        activity_date,
        md5(string_agg(request_id || ' ' || device_id, ',' order by request_id)) as fingerprint
    from firmware_devices
    group by activity_date

),

joined as (

    select
        files.reporting_month,
        files.period,
        files.rows,
        md5(
            files.fingerprint
            || coalesce(snapshots.fingerprint, 'no snapshot')
            || coalesce(failed.fingerprint, 'no alert')
            || coalesce(targeted.fingerprint, 'no target')
        ) as fingerprint
    from files
    left join snapshots on files.reporting_month = snapshots.reporting_month
    left join failed on files.period = failed.request_date
    left join targeted on files.period = targeted.activity_date

)

select * from joined
