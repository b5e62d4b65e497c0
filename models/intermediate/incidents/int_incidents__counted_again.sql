with

incidents as (

    select * from {{ ref('int_incidents__counted') }}

),

reported as (

    select * from {{ ref('int_incidents__reported') }}

),

closed_again as (

    select
        reporting_month,
        incident_id,
        reopened_at,
        measure_id,
        within_resolution_target,
        is_dcc_responsibility and pmel_reason is null as is_still_counted
    from incidents
    where is_in_period and reopened_at < closed_at

),

matched as (

    select
        -- keys
        closed_again.reporting_month,
        closed_again.incident_id,
        reported.reporting_month as reported_month,

        -- as the earlier month's issue counted it
        reported.measure_id as reported_measure_id,
        reported.category as reported_category,
        reported.within_resolution_target as was_within_resolution_target,

        -- as it is now known
        closed_again.reopened_at,
        closed_again.measure_id,
        closed_again.within_resolution_target,
        closed_again.is_still_counted
    from closed_again
    inner join reported
        on
            closed_again.incident_id = reported.incident_id
            and closed_again.reporting_month > reported.reporting_month

)

select * from matched
