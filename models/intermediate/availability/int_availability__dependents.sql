with

months as (

    select * from {{ ref('int_calendar__months') }}
    where {{ in_period('reporting_month') }}

),

regions as (

    select * from {{ ref('regions') }}

),

dependencies as (

    select * from {{ ref('int_availability__dependencies') }}

),

places as (

    select
        months.reporting_month,
        regions.region,
        true as is_regional
    from months
    inner join regions on regions.valid_from <= {{ month_end('months.reporting_month') }}

    union all

    select
        reporting_month,
        'All' as region,
        false as is_regional
    from months

),

placed as (

    select
        dependencies.reporting_month,
        dependencies.subject_kind,
        dependencies.subject,
        dependencies.smets,
        places.region,
        dependencies.component_id
    from dependencies
    inner join places
        on
            dependencies.reporting_month = places.reporting_month
            and dependencies.is_regional = places.is_regional

)

select * from placed
