with

incidents as (

    select * from {{ ref('int_incidents__counted') }}

),

final as (

    select
        reporting_month,
        incident_id,
        category,
        within_resolution_target
    from incidents
    where is_counted

)

select * from final
