with

reopened as (

    select * from {{ ref('int_incidents__reopened') }}

),

counted_again as (

    select * from {{ ref('int_incidents__counted_again') }}

),

restated_months as (

    select
        reporting_month,
        first_reported_month
    from reopened
    group by reporting_month, first_reported_month

),

-- an earlier month may be restated more than once: each time with all that is known by then
known as (

    select
        restated_months.reporting_month,
        restated_months.first_reported_month,
        counted_again.incident_id,
        counted_again.measure_id,
        counted_again.within_resolution_target,
        counted_again.is_still_counted,
        counted_again.reporting_month as known_month,
        max(counted_again.reporting_month) over (
            partition by
                restated_months.reporting_month,
                restated_months.first_reported_month,
                counted_again.incident_id
        ) as last_known_month
    from restated_months
    inner join counted_again
        on
            restated_months.first_reported_month = counted_again.reported_month
            and restated_months.reporting_month >= counted_again.reporting_month

),

latest as (

    select
        reporting_month,
        first_reported_month,
        incident_id,
        measure_id,
        within_resolution_target,
        is_still_counted
    from known
    where known_month = last_known_month

)

select * from latest
