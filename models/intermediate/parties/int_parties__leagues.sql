with

months as (

    select * from {{ ref('int_calendar__months') }}

),

process_srvs as (

    select * from {{ ref('business_process_srvs') }}

),

-- O13: three leagues of outcomes, and one of each business process
names as (

    select listed.league
    from (values ('Top-ups'), ('Change of Supplier'), ('Installs')) as listed (league)

    union all

    select business_process as league
    from process_srvs
    group by business_process

),

leagues as (

    select
        months.reporting_month,
        names.league
    from months
    cross join names

)

select * from leagues
