with

incidents as (

    select * from {{ ref('int_incidents__checked') }}

),

final as (

    select
        -- keys
        reporting_month,
        incident_id,

        -- both answers
        category,
        status,
        is_counted,
        resolution_hours,
        within_resolution_target,
        sla_met
    from incidents
    where has_sla_disagreement

)

select * from final
