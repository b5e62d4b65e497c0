with

incidents as (

    select * from {{ ref('int_incidents__counted') }}

),

summed as (

    select
        reporting_month,
        pmel_kind as kind,
        pmel_reason as reason,
        count(*) as incidents
    from incidents
    where is_ended_in_month and pmel_reason is not null
    group by reporting_month, pmel_kind, pmel_reason

)

select * from summed
