-- Why: A11 wants a SMETS2+ device in a region that was there in the month. Which regions there were
-- when is reference data (4G came later), and the contract of the feed knows no months.
with

devices as (

    select * from {{ ref('int_devices__in_month') }}
    where reporting_month = {{ reporting_month() }} and smets = 'SMETS2+'

),

regions as (

    select * from {{ ref('regions') }}

),

found as (

    select
        region,
        count(*) as devices
    from devices
    group by region

),

invalid as (

    select
        found.region,
        found.devices
    from found
    left join regions
        on
            found.region = regions.region
            and regions.valid_from < {{ next_month(reporting_month()) }}
    where regions.region is null

)

select * from invalid
