with

incidents as (

    select * from {{ ref('stg_dsms__incidents') }}

),

files as (

    select * from {{ ref('stg_landing__files') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

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

    select periods.*
    from months
    inner join periods on months.reporting_month = periods.reporting_month

)

select * from bounded
