with

summed as (

    select * from {{ ref('int_operations__throttling_summed') }}

),

final as (

    select
        reporting_month,
        direction,
        events,
        incidents,
        throttled_seconds as seconds,
        forwarded,
        dropped,
        exempted
    from summed

)

select * from final
