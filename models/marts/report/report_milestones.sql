with

milestones as (

    select * from {{ ref('int_feeds__milestones') }}

),

final as (

    select
        reporting_month,
        milestone,
        due_on,
        due_working_day
    from milestones

)

select * from final
