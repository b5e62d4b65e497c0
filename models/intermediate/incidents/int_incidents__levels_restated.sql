with

known as (

    select * from {{ ref('int_incidents__known_since') }}

),

reported as (

    select * from {{ ref('int_incidents__reported') }}

),

months as (

    select
        reporting_month,
        first_reported_month
    from known
    group by reporting_month, first_reported_month

),

recounted as (

    select
        months.reporting_month,
        months.first_reported_month,
        coalesce(known.measure_id, reported.measure_id) as measure_id,
        coalesce(known.within_resolution_target, reported.within_resolution_target) as is_within
    from months
    inner join reported on months.first_reported_month = reported.reporting_month
    left join known
        on
            months.reporting_month = known.reporting_month
            and months.first_reported_month = known.first_reported_month
            and reported.incident_id = known.incident_id
    where coalesce(known.is_still_counted, true)

),

restated as (

    select
        reporting_month,
        first_reported_month,
        measure_id,
        count(*) filter (where is_within) as numerator,
        count(*) as denominator
    from recounted
    group by reporting_month, first_reported_month, measure_id

)

select * from restated
