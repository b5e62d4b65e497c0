with

months as (

    select * from {{ ref('int_incidents__months') }}

),

reopened as (

    select * from {{ ref('int_incidents__reopened') }}

),

summed as (

    select
        months.reporting_month,
        count(reopened.incident_id) as incidents
    from months
    left join reopened on months.reporting_month = reopened.reporting_month
    group by months.reporting_month

),

cells as (

    select
        -- keys
        reporting_month,
        'INC-REOPEN' as measure_id,
        'All' as scope,
        {{ unsplit() }},

        -- figure
        cast(incidents as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        'Reported' as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from summed

)

select * from cells
