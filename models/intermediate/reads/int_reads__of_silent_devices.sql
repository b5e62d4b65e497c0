with

reads as (

    select * from {{ ref('int_reads__judged') }}
    where not in_denominator

),

summed as (

    select
        reporting_month,
        activity_date,
        srv,
        smets,
        region,
        count(*) as asked,
        count(*) filter (where is_failed) as failed,
        count(*) filter (where is_scheduled) as scheduled,
        count(*) filter (where is_within_24h) as scheduled_within_24h
    from reads
    group by reporting_month, activity_date, srv, smets, region

)

select * from summed
