with

aged as (

    select * from {{ ref('int_incidents__aged') }}

),

summed as (

    select
        reporting_month,
        responsible,
        raised_month,
        case when grouping(category) = 1 then 'All' else cast(category as varchar) end as category,
        count(*) as incidents
    from aged
    group by reporting_month, responsible, raised_month, rollup(category)

)

select * from summed
