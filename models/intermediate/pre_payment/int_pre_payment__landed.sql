with

months as (

    select * from {{ ref('int_calendar__months') }}

),

files as (

    select * from {{ ref('stg_landing__files') }}
    where system = 'dsp' and feed in ('service_requests', 'alerts') and is_current

),

-- O4: without the last day before the month, sequences that began on it seem to begin in the month.
told as (

    select
        months.reporting_month,
        bool_or(
            files.feed = 'service_requests' and files.file_date >= months.reporting_month
        ) as has_requests,
        bool_or(files.feed = 'alerts' and files.file_date >= months.reporting_month) as has_alerts,
        bool_or(
            files.feed = 'service_requests' and files.file_date < months.reporting_month
        ) as has_day_before
    from months
    inner join files
        on
            files.file_date >= months.reporting_month - interval 1 day
            and files.file_date <= {{ month_end('months.reporting_month') }}
    group by months.reporting_month

)

select * from told
