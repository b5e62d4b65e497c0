with

problems as (

    select * from {{ ref('int_incidents__problems_placed') }}

),

final as (

    select
        -- keys
        reporting_month,
        problem_id,

        -- what it is
        report_month,
        incident_id,
        provider,
        title,

        -- how it stands
        status,
        is_closed_in_period as closed_in_period,
        target_date,
        latest,
        closed_at,
        is_open_at_extract
    from problems

)

select * from final
