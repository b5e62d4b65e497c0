with

months as (

    select * from {{ ref('int_calendar__months') }}

),

files as (

    select * from {{ ref('stg_landing__files') }}

),

-- No model has a clock: the latest arrival is the last moment that the warehouse knows of.
latest as (

    select max(arrived_at) as arrived_at
    from files

),

judged as (

    select
        months.reporting_month,
        coalesce(
            latest.arrived_at >= {{ extract_point('months.reporting_month') }}, true
        ) as is_over
    from months
    cross join latest

)

select * from judged
