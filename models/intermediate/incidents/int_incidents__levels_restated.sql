with

reopened as (

    select * from {{ ref('int_incidents__reopened') }}

),

reported as (

    select * from {{ ref('int_incidents__reported') }}

),

months as (

    select
        reporting_month,
        first_reported_month
    from reopened
    group by reporting_month, first_reported_month

),

-- an earlier month may be restated more than once: each time with all that is known by then
known as (

    select
        months.reporting_month,
        months.first_reported_month,
        reopened.incident_id,
        reopened.measure_id,
        reopened.within_resolution_target,
        reopened.is_still_counted,
        reopened.reporting_month as known_since,
        max(reopened.reporting_month) over (
            partition by months.reporting_month, months.first_reported_month, reopened.incident_id
        ) as last_known
    from months
    inner join reopened
        on
            months.first_reported_month = reopened.first_reported_month
            and months.reporting_month >= reopened.reporting_month

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
            and known.known_since = known.last_known
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
