with

months as (

    select * from {{ ref('int_rsvp__months') }}

),

expected as (

    select * from {{ ref('int_rsvp__expected_cells') }}
    where grid = 'processes'

),

landed as (

    select reporting_month
    from {{ ref('int_feeds__landed_parts') }}
    where system = 'dsp' and feed = 'service_requests'
    group by reporting_month

),

-- A month whose requests are awaited has no figures, not even that nothing happened.
expected_of_landed as (

    select
        expected.*,
        'All' as srv,
        'All' as timing_class
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
        coalesce(found.business_process, expected_of_landed.business_process)
            as business_process,
        coalesce(found.srv, expected_of_landed.srv) as srv,
        coalesce(found.timing_class, expected_of_landed.timing_class) as timing_class,
        coalesce(found.smets, expected_of_landed.smets) as smets,
        coalesce(found.region, expected_of_landed.region) as region,
        coalesce(found.device_type, expected_of_landed.device_type) as device_type,

        -- counts: nought where nothing happened
        coalesce(found.volume, 0) as volume,
        coalesce(found.responses, 0) as responses,
        coalesce(found.within_trt, 0) as within_trt,
        coalesce(found.with_trt, 0) as with_trt,
        coalesce(found.delivery_failures, 0) as delivery_failures,
        coalesce(found.received_successful, 0) as received_successful,
        coalesce(found.received_unsuccessful, 0) as received_unsuccessful,
        coalesce(found.not_received_successful, 0) as not_received_successful,
        coalesce(found.not_received_unsuccessful, 0) as not_received_unsuccessful,

        -- speeds
        found.mean_rtt_seconds,
        found.median_rtt_seconds,
        found.min_rtt_seconds,
        found.max_rtt_seconds,
        found.interim_rtt_seconds
    from found
    full outer join expected_of_landed
        on
            found.reporting_month = expected_of_landed.reporting_month
            and found.business_process = expected_of_landed.business_process
            and found.srv = expected_of_landed.srv
            and found.timing_class = expected_of_landed.timing_class
            and found.smets = expected_of_landed.smets
            and found.region = expected_of_landed.region
            and found.device_type = expected_of_landed.device_type

)

select * from joined
