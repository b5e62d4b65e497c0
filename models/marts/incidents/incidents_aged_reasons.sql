with

reasons as (

    select * from {{ ref('int_incidents__aged_reasons_summed') }}

),

final as (

    select
        reporting_month,
        responsible,
        issue_type,
        incidents,
        older_than_90_days
    from reasons

)

select * from final
