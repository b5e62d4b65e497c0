with

assessments as (

    select * from {{ ref('int_code_performance__assessments_judged') }}

),

final as (

    select
        reporting_month,
        assessment_id,
        due_date,
        completed_date,
        in_time,
        is_due,
        modification
    from assessments

)

select * from final
