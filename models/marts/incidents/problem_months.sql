with

months as (

    select * from {{ ref('int_incidents__problem_months_summed') }}

),

final as (

    select
        reporting_month,
        report_month,
        related,
        closed_in_period,
        still_open
    from months

)

select * from final
