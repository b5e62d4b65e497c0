with

exclusions as (

    select * from {{ ref('int_incidents__exclusions_summed') }}

),

final as (

    select
        reporting_month,
        kind,
        reason,
        incidents
    from exclusions

)

select * from final
