with

outcomes as (

    select * from {{ ref('int_installs__hub_outcomes') }}

),

investigated as (

    select * from {{ ref('int_installs__investigated_days') }}

),

landed as (

    select * from {{ ref('int_installs__landed_months') }}

),

counted as (

    select
        reporting_month,
        activity_date,
        region,
        count(*) filter (where outcome = 'commissioned') as commissioned,
        count(*) filter (where outcome = 'left') as hubs_left,
        count(*) filter (where outcome = 'awaiting') as awaiting,
        0 as under_investigation
    from outcomes
    group by reporting_month, activity_date, region

    union all

    select
        reporting_month,
        activity_date,
        region,
        0 as commissioned,
        0 as hubs_left,
        0 as awaiting,
        under_investigation
    from investigated

),

totals as (

    select
        reporting_month,
        activity_date,
        case when grouping(region) = 1 then 'All' else region end as region,
        cast(sum(commissioned) as bigint) as commissioned,
        cast(sum(hubs_left) as bigint) as hubs_left,
        cast(sum(awaiting) as bigint) as awaiting,
        cast(sum(under_investigation) as bigint) as under_investigation
    from counted
    group by reporting_month, activity_date, rollup(region)

),

-- What no extract tells is not nought.
said as (

    select
        totals.* exclude (awaiting, under_investigation),
        case when landed.has_statuses then totals.awaiting end as awaiting,
        case when landed.has_investigations then totals.under_investigation end
            as under_investigation,
        case when landed.has_statuses then 'Reported' else 'Not Reported' end as awaiting_state,
        case when landed.has_investigations then 'Reported' else 'Not Reported' end
            as investigation_state
    from totals
    inner join landed on totals.reporting_month = landed.reporting_month
    where landed.has_requests

)

select * from said
