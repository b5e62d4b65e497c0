with

requests as (

    select * from {{ ref('int_traffic__request_quarters') }}

),

installs as (

    select * from {{ ref('int_traffic__install_quarters') }}

),

counted as (

    select
        activity_date,
        quarter_started_at,
        region,
        requests,
        0 as installs
    from requests
    union all
    select
        activity_date,
        quarter_started_at,
        region,
        0 as requests,
        installs
    from installs

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

)

select * from totals
