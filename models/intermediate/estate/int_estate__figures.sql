with

cells as (

    select * from {{ ref('int_estate__cells') }}

),

landed as (

    select * from {{ ref('int_estate__landed') }}
    where has_snapshot

),

-- Without the month's own snapshot nobody knows what the estate is at its end.
told as (

    select
        cells.*,
        cells.devices - cells.firmware_unknown as with_version,
        landed.has_requests and landed.has_alerts as has_traffic,
        landed.has_alerts
    from cells
    inner join landed on cells.reporting_month = landed.reporting_month

)

select * from told
