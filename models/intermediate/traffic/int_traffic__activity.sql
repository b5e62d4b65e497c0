with

quarters as (

    select * from {{ ref('int_traffic__quarters') }}

),

totals as (

    select * from {{ ref('int_traffic__totals') }}

),

regions as (

    select region from {{ ref('regions') }}
    union all
    select listed.region from (values ('All'), ('Unknown')) as listed (region)

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
