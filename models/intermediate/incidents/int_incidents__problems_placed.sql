with

problems as (

    select * from {{ ref('stg_dsms__problems') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

bounded as (

    select
        problems.*,
        periods.period_starts_at,
        periods.extract_at
    from problems
    inner join periods on problems.reporting_month = periods.reporting_month

),

placed as (

    select
        *,
        coalesce(
            status = 'Closed' and closed_at >= period_starts_at and closed_at < extract_at,
            false
        ) as is_closed_in_period,
        status = 'Open' or coalesce(closed_at >= extract_at, false) as is_open_at_extract
    from bounded

)

select * from placed
