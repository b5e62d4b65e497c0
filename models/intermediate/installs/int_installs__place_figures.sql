with

days as (

    select * from {{ ref('int_installs__days_in_period') }}

),

expected as (

    select * from {{ ref('int_rsvp__expected_cells') }}
    where grid = 'places' and smets <> 'SMETS1'

),

landed as (

    select * from {{ ref('int_installs__landed_months') }}
    where has_requests

),

summed as (

    select
        reporting_month,
        device_type,
        region,
        cast(sum(attempted) as bigint) as attempted,
        cast(sum(succeeded) as bigint) as succeeded,
        cast(sum(failed) as bigint) as failed,

        -- O7: the days that have both
        cast(sum(attempted) filter (where predicted is not null) as bigint) as attempted_predicted,
        cast(sum(predicted) as bigint) as predicted
    from days
    group by reporting_month, device_type, region

),

-- The places of SMETS2+ devices and all together are the same installs: there are no others.
cells as (

    select
        expected.reporting_month,
        expected.smets,
        expected.region,
        listed.device_type
    from expected
    inner join landed on expected.reporting_month = landed.reporting_month
    cross join (values ('All'), ('CHF'), ('ESME'), ('GSME')) as listed (device_type)

),

joined as (

    select
        -- keys
        cells.reporting_month,
        cells.device_type,
        cells.smets,
        cells.region,

        coalesce(summed.attempted, 0) as attempted,
        coalesce(summed.succeeded, 0) as succeeded,
        coalesce(summed.failed, 0) as failed,

        summed.attempted_predicted,
        summed.predicted,
        summed.region is not null and summed.predicted is null as is_without_history
    from cells
    left join summed
        on
            cells.reporting_month = summed.reporting_month
            and cells.device_type = summed.device_type
            and cells.region = summed.region

)

select * from joined
