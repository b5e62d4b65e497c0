with

events as (

    select * from {{ ref('stg_dcc__throttling') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

dated as (

    select
        *,
        cast({{ to_local('started_at') }} as date) as activity_date
    from events

),

-- An event belongs to the local month in which it began, with all of its time.
placed as (

    select
        periods.reporting_month,
        dated.*
    from dated
    inner join periods
        on cast(date_trunc('month', dated.activity_date) as date) = periods.reporting_month
    where {{ is_before_extract('dated.activity_date', 'periods.extract_at') }}

)

select * from placed
