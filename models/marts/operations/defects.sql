with

summed as (

    select * from {{ ref('int_operations__defects_summed') }}

),

final as (

    select
        reporting_month,
        severity,
        released,
        open_accepted
    from summed

)

select * from final
