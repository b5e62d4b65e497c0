with

quarters as (

    select * from {{ ref('int_traffic__quarters') }}

),

requests as (

    select * from {{ ref('int_traffic__request_quarters') }}

),

installs as (

    select * from {{ ref('int_traffic__install_quarters') }}

),

regions as (

    select region from {{ ref('regions') }}
    union all
    select listed.region from (values ('All'), ('Unknown')) as listed (region)

),

counted as (

    select activity_date, quarter_started_at, region, requests, 0 as installs from requests
    union all
    select activity_date, quarter_started_at, region, 0 as requests, installs from installs

),

-- SMETS1 has the region All, and so counts in the total alone (A11).
totals as (

    select
        activity_date,
        quarter_started_at,
        case when grouping(region) = 1 then 'All' else region end as region,
        cast(sum(requests) as bigint) as requests,
        cast(sum(installs) as bigint) as installs
    from counted
    group by activity_date, quarter_started_at, rollup(region)
    having {{ is_no_total_twice() }}

),

filled as (

    select
        -- keys
        quarters.reporting_month,
        quarters.activity_date,
        quarters.quarter_started_at,
        regions.region,

        -- other names of the time
        quarters.hour_started_at,
        quarters.local_started_at,

        -- volume: nought where nothing was started
        coalesce(totals.requests, 0) as requests,
        coalesce(totals.installs, 0) as installs,
        quarters.has_installs
    from quarters
    cross join regions
    left join totals
        on
            quarters.activity_date = totals.activity_date
            and quarters.quarter_started_at = totals.quarter_started_at
            and regions.region = totals.region

)

select * from filled
