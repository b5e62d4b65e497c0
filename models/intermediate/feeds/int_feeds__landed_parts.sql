with

files as (

    select * from {{ ref('int_feeds__files_by_month') }}

),

landed as (

    select
        reporting_month,
        system,
        feed,
        part
    from files
    where is_current
    group by reporting_month, system, feed, part

)

select * from landed
