with

parts as (

    select * from {{ ref('int_feeds__expected_parts') }}

),

due_dates as (

    select * from {{ ref('int_feeds__due_dates') }}

),

arrivals as (

    select * from {{ ref('int_feeds__arrivals') }}

),

closed_months as (

    select * from {{ ref('int_feeds__closed_months') }}

),

joined as (

    select
        parts.*,
        due_dates.cadence,
        due_dates.owner,
        due_dates.is_mandatory,
        due_dates.due_on,
        due_dates.due_working_day,
        closed_months.is_over,
        arrivals.first_landed_at,
        arrivals.latest_version,
        coalesce(arrivals.periods_landed, 0) as periods_landed,
        coalesce(arrivals.rows_landed, 0) as rows_landed,
        coalesce(arrivals.rows_quarantined, 0) as rows_quarantined,
        coalesce(arrivals.refused_files, 0) as refused_files,
        case
            when due_dates.cadence = 'daily'
                then extract(day from {{ month_end('parts.reporting_month') }})
            else 1
        end as periods_expected
    from parts
    inner join due_dates
        on
            parts.reporting_month = due_dates.reporting_month
            and parts.system = due_dates.system
            and parts.feed = due_dates.feed
    inner join closed_months on parts.reporting_month = closed_months.reporting_month
    left join arrivals
        on
            parts.reporting_month = arrivals.reporting_month
            and parts.system = arrivals.system
            and parts.feed = arrivals.feed
            and parts.part = arrivals.part

)

select * from joined
