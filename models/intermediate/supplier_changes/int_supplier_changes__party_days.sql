with

evidence as (

    select * from {{ ref('int_supplier_changes__evidence') }}
    where in_denominator

),

summed as (

    select
        -- keys
        reporting_month,
        activity_date,
        user_id,

        -- what became of the changes (O1)
        count(*) as attempts,
        count(*) filter (where succeeded) as succeeded
    from evidence
    group by reporting_month, activity_date, user_id

)

select * from summed
