with

file_days as (

    select * from {{ ref('int_feeds__file_days') }}

),

summed as (

    select
        reporting_month,
        activity_date as period,
        cast(sum(rows_landed) as bigint) as rows,
        {{ fingerprint_of_files() }} as fingerprint
    from file_days
    where feed_id = 'dsp/service_requests'
    group by reporting_month, activity_date

)

select * from summed
