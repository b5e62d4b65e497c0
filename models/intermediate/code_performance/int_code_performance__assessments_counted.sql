with

months as (

    select * from {{ ref('int_calendar__months') }}

),

landed as (

    select * from {{ ref('int_feeds__landed_parts') }}
    where system = 'dcc' and feed = 'assessments'

),

judged as (

    select * from {{ ref('int_code_performance__assessments_judged') }}

),

summed as (

    select
        reporting_month,
        count(*) filter (where is_due and in_time) as completed_in_time,
        count(*) filter (where is_due) as due
    from judged
    group by reporting_month

),

stated as (

    select
        months.reporting_month,
        'CPM9' as measure,
        cast(summed.completed_in_time as double) as numerator,
        cast(summed.due as double) as denominator,
        cast(null as double) as level,
        case
            when landed.part is null then 'Not Reported'
            when coalesce(summed.due, 0) = 0 then 'No Events'
            else 'Reported'
        end as state,
        coalesce(summed.due, 0) as contributions,
        coalesce(summed.due, 0) as registered_contributions,
        landed.part is not null as has_inputs
    from months
    left join landed on months.reporting_month = landed.reporting_month
    left join summed on months.reporting_month = summed.reporting_month

)

select * from stated
