with

aged as (

    select * from {{ ref('int_incidents__aged') }}

),

summed as (

    select
        reporting_month,
        responsible,
        issue_type,
        count(*) as incidents,
        count(*) filter (where is_older_than_90_days) as older_than_90_days
    from aged
    group by reporting_month, responsible, issue_type

)

select * from summed
