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
        device_type,
        smets,
        region,
        response_code,

        -- what became of the changes (O1)
        count(*) as attempts,
        count(*) filter (where succeeded) as succeeded,
        count(*) filter (where succeeded_by_inference) as succeeded_by_inference,
        count(*) filter (where not succeeded) as failed,
        count(*) filter (where is_user_caused) as user_caused
    from evidence
    group by reporting_month, activity_date, device_type, smets, region, response_code

)

select * from summed
