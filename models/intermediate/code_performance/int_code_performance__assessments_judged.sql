with

assessments as (

    select * from {{ ref('stg_dcc__assessments') }}

),

judged as (

    select
        -- keys
        reporting_month,
        assessment_id,

        -- what was owed
        modification,
        due_date,
        completed_date,

        -- evidence
        cast(date_trunc('month', due_date) as date) = reporting_month as is_due,
        coalesce(completed_date <= due_date, false) as in_time
    from assessments

)

select * from judged
