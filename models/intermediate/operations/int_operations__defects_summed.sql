with

defects as (

    select * from {{ ref('int_operations__defects_judged') }}
    where is_released or is_open_accepted

),

summed as (

    select
        reporting_month,
        severity,
        count(*) filter (where is_released) as released,
        count(*) filter (where is_open_accepted) as open_accepted
    from defects
    group by reporting_month, severity

)

select * from summed
