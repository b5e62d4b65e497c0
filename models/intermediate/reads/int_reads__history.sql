with

months as (

    select * from {{ ref('int_calendar__months') }}

),

files as (

    select * from {{ ref('stg_landing__files') }}
    where is_current and system = 'dsp' and feed = 'service_requests'

),

-- Of the days before the month's first, those whose extract is there: the others say nothing.
counted as (

    select
        months.reporting_month,
        count(distinct files.file_date) as history_days
    from months
    left join files
        on
            {{ first_day_looked_at('months.reporting_month') }} <= files.file_date
            and months.reporting_month > files.file_date
    group by months.reporting_month

)

select * from counted
