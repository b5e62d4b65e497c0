{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

with

manifest as (

    select
        reporting_month,
        activity_date,
        sum(rows_landed) as landed
    from {{ ref('int_feeds__file_days') }}
    where feed_id = 'dsp/service_requests'
    group by reporting_month, activity_date

),

facts as (

    select
        reporting_month,
        activity_date,
        count(*) as landed,
        count(*) filter (where is_reported) as reported
    from {{ ref('fct_service_requests') }}
    group by reporting_month, activity_date

),

counted as (

    select
        reporting_month,
        activity_date,
        sum(landed) as landed,
        sum(reported) as reported,
        sum(in_flight) as in_flight,
        sum(attributed) as attributed,
        sum(unattributed) as unattributed
    from {{ ref('int_requests__counted') }}
    group by reporting_month, activity_date

),

days as (

    select
        reporting_month,
        activity_date
    from manifest
    union
    select
        reporting_month,
        activity_date
    from facts
    union
    select
        reporting_month,
        activity_date
    from counted

),

joined as (

    select
        -- keys
        days.reporting_month,
        days.activity_date,

        -- requests
        coalesce(manifest.landed, 0) as landed_by_manifest,
        coalesce(facts.landed, 0) as landed,
        coalesce(facts.reported, 0) as reported,
        coalesce(counted.reported + counted.in_flight, 0) as reported_or_in_flight,
        coalesce(counted.attributed + counted.unattributed, 0) as attributed_or_not,

        -- A9
        manifest.landed = facts.landed
        and facts.landed = counted.landed
        and counted.landed = counted.reported + counted.in_flight
        and facts.reported = counted.reported
        and counted.reported = counted.attributed + counted.unattributed as is_conserved
    from days
    left join manifest
        on
            days.reporting_month = manifest.reporting_month
            and days.activity_date = manifest.activity_date
    left join facts
        on
            days.reporting_month = facts.reporting_month
            and days.activity_date = facts.activity_date
    left join counted
        on
            days.reporting_month = counted.reporting_month
            and days.activity_date = counted.activity_date

)

select * from joined
