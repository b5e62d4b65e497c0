with

dependents as (

    select * from {{ ref('int_availability__dependents') }}

),

places as (

    select
        reporting_month,
        subject_kind,
        subject,
        smets,
        region
    from dependents
    group by reporting_month, subject_kind, subject, smets, region

)

select * from places
