with

hours as (

    select * from {{ ref('int_availability__hours_with_totals') }}
    where subject_kind = 'component' and region = 'All'

),

counted as (

    select
        reporting_month,
        subject as component_id,
        count(*) filter (where unplanned_minutes > 0) as hours_affected
    from hours
    group by reporting_month, subject

)

select * from counted
