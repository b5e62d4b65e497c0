{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

with

counted as (

    select
        reporting_month,
        activity_date,
        srv,
        smets,
        region,
        sum(landed) as landed,
        sum(reported) as reported,
        sum(in_flight) as in_flight,
        sum(attributed) as attributed,
        sum(unattributed) as unattributed
    from {{ ref('int_requests__counted_in_period') }}
    group by reporting_month, activity_date, srv, smets, region

),

-- each request once: SMETS1 has the region All, the others have one of their own
daily as (

    select
        reporting_month,
        activity_date,
        srv,
        smets,
        region,
        sum(volume) as volume,
        coalesce(
            sum(volume) filter (where business_process <> 'Unattributed'), 0
        ) as volume_of_processes
    from {{ ref('rsvp_daily') }}
    where
        srv <> 'All' and timing_class = 'All' and device_type = 'All'
        and smets <> 'All' and (region <> 'All' or smets = 'SMETS1')
    group by reporting_month, activity_date, srv, smets, region

),

joined as (

    select
        -- keys
        coalesce(counted.reporting_month, daily.reporting_month) as reporting_month,
        coalesce(counted.activity_date, daily.activity_date) as activity_date,
        coalesce(counted.srv, daily.srv) as srv,
        coalesce(counted.smets, daily.smets) as smets,
        coalesce(counted.region, daily.region) as region,

        -- A9
        counted.landed = counted.reported + counted.in_flight
        and counted.reported = counted.attributed + counted.unattributed
        and counted.reported = coalesce(daily.volume, 0)
        and counted.attributed = coalesce(daily.volume_of_processes, 0) as is_conserved
    from counted
    full outer join daily
        on
            counted.reporting_month = daily.reporting_month
            and counted.activity_date = daily.activity_date
            and counted.srv = daily.srv
            and counted.smets = daily.smets
            and counted.region = daily.region

)

select * from joined
