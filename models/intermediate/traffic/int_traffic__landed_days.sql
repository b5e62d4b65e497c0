with

files as (

    select * from {{ ref('stg_landing__files') }}

),

counted as (

    select * from {{ ref('int_requests__counted') }}

),

parts as (

    select * from {{ ref('int_feeds__landed_parts') }}

),

landed as (

    select
        file_date as activity_date,
        cast(date_trunc('month', file_date) as date) as reporting_month,
        cast(sum(rows_landed) as bigint) = 0 as is_empty
    from files
    where is_current and system = 'dsp' and feed = 'service_requests'
    group by file_date

),

built as (

    select activity_date
    from counted
    group by activity_date

),

-- Without the month's own snapshot nobody knows which devices were commissioned in it.
with_snapshot as (

    select reporting_month
    from parts
    where system = 'dsp' and feed = 'devices'
    group by reporting_month

),

-- A file without a row says that nothing was started; one with rows says what was started once its
-- requests have been worked out (O10).
known as (

    select
        landed.activity_date,
        landed.reporting_month,
        with_snapshot.reporting_month is not null as has_installs
    from landed
    left join built on landed.activity_date = built.activity_date
    left join with_snapshot on landed.reporting_month = with_snapshot.reporting_month
    where landed.is_empty or built.activity_date is not null

)

select * from known
