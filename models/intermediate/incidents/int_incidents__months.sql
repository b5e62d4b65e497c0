with

incidents as (

    select * from {{ ref('stg_dsms__incidents') }}

),

files as (

    select * from {{ ref('stg_landing__files') }}

),

months as (

    select reporting_month
    from incidents
    group by reporting_month

    union

    -- an extract without a single row is an extract all the same: No Events, not Not Reported
    select file_date as reporting_month
    from files
    where system = 'dsms' and feed = 'incidents' and is_current

),

bounded as (

    select
        reporting_month,
        {{ month_start('reporting_month') }} as period_starts_at,
        {{ extract_point('reporting_month') }} as extract_at
    from months

)

select * from bounded
