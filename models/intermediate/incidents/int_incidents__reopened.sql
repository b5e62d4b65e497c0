with

counted_again as (

    select * from {{ ref('int_incidents__counted_again') }}

),

firsts as (

    select
        reporting_month,
        incident_id,
        min(reported_month) as first_reported_month
    from counted_again
    group by reporting_month, incident_id

),

reopened as (

    select
        -- keys
        counted_again.reporting_month,
        counted_again.incident_id,
        firsts.first_reported_month,

        -- as that month's issue counted it
        counted_again.reported_measure_id,
        counted_again.reported_category,
        counted_again.was_within_resolution_target,

        -- as it is now known
        counted_again.reopened_at,
        counted_again.measure_id,
        counted_again.within_resolution_target,
        counted_again.is_still_counted
    from counted_again
    inner join firsts
        on
            counted_again.reporting_month = firsts.reporting_month
            and counted_again.incident_id = firsts.incident_id
            and counted_again.reported_month = firsts.first_reported_month

)

select * from reopened
