with

exceptions as (

    select * from {{ ref('stg_providers__exceptions') }}

),

summed as (

    select
        reporting_month,
        provider,
        measure_no,
        cast(sum(events) as bigint) as exceptions
    from exceptions
    where scope = 'In period'
    group by reporting_month, provider, measure_no

)

select * from summed
