with

aged as (

    select * from {{ ref('int_incidents__aged_summed') }}

),

final as (

    select
        reporting_month,
        responsible,
        raised_month,
        category,
        incidents
    from aged

)

select * from final
