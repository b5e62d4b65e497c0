with

problems as (

    select * from {{ ref('int_incidents__problems_placed') }}

),

summed as (

    select
        reporting_month,
        report_month,
        count(*) as related,
        count(*) filter (where is_closed_in_period) as closed_in_period,
        count(*) filter (where is_open_at_extract) as still_open
    from problems
    group by reporting_month, report_month

)

select * from summed
