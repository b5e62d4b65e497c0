with

counted as (

    select * from {{ ref('int_requests__counted') }}

),

months as (

    select
        reporting_month,
        min(activity_date) as first_day
    from counted
    group by reporting_month

),

compared as (

    select
        *,
        lag(reporting_month) over (order by reporting_month) as previous_month
    from months

),

-- A month whose requests nobody has might hold the success that ended a run: history begins anew.
begun as (

    select
        *,
        sum(
            case when previous_month = reporting_month - interval 1 month then 0 else 1 end
        ) over (order by reporting_month) as stretch
    from compared

),

reaching as (

    select
        reporting_month,
        min(first_day) over (partition by stretch) as history_from
    from begun

)

select * from reaching
