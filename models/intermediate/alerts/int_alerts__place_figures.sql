with

months as (

    select * from {{ ref('int_alerts__months') }}

),

expected as (

    select * from {{ ref('int_rsvp__expected_cells') }}
    where grid = 'places'

),

landed as (

    select reporting_month
    from {{ ref('int_feeds__landed_parts') }}
    where system = 'dsp' and feed = 'alerts'
    group by reporting_month

),

-- A month whose alerts are awaited has no figures, not even that nothing happened.
expected_of_landed as (

    select
        expected.*,
        'All' as alert_code
    from expected
    inner join landed on expected.reporting_month = landed.reporting_month

),

-- An unknown device has one place: its row of the generation says all that its region could.
found as (

    select * from months
    where not (smets = 'Unknown' and region = 'Unknown')

),

joined as (

    select
        -- keys
        coalesce(found.reporting_month, expected_of_landed.reporting_month) as reporting_month,
        coalesce(found.alert_code, expected_of_landed.alert_code) as alert_code,
        coalesce(found.smets, expected_of_landed.smets) as smets,
        coalesce(found.region, expected_of_landed.region) as region,

        -- volume: nought where nothing happened
        coalesce(found.alerts, 0) as alerts,

        -- legs
        found.to_csp_mean_seconds,
        found.to_dsp_mean_seconds,
        found.to_send_mean_seconds,
        found.to_acknowledge_mean_seconds
    from found
    full outer join expected_of_landed
        on
            found.reporting_month = expected_of_landed.reporting_month
            and found.alert_code = expected_of_landed.alert_code
            and found.smets = expected_of_landed.smets
            and found.region = expected_of_landed.region

)

select * from joined
