with

months as (

    select * from {{ ref('int_calendar__months') }}

),

files as (

    select * from {{ ref('int_feeds__files_by_month') }}
    where is_current

),

-- Evidence that lands later counts for the request that it belongs to: an N12 of the night (S6), an
-- 8F72 within 120 hours, the news of an image's last attempt (O8).
of_the_days_after as (

    select
        months.reporting_month,
        {{ all_but('reporting_month', 'files') }}
    from months
    inner join files
        on
            files.file_date > {{ month_end('months.reporting_month') }}
            and files.file_date <= {{ day_plus(month_end('months.reporting_month'), 5) }}
    where
        files.system || '/' || files.feed in (
            'dsp/alerts', 'dsp/firmware_targets', 'csp/image_deliveries'
        )

),

united as (

    select
        reporting_month,
        {{ all_but('reporting_month') }}
    from files

    union all

    select * from of_the_days_after

)

select * from united
