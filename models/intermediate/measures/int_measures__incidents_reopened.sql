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

figures as (

    select
        reporting_month,
        cast('INC-REOPEN' as varchar) as measure_id,
        cast('All' as varchar) as scope,
        {{ unsplit() }},
        cast(incidents as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        cast('Reported' as varchar) as state,
        cast(null as double) as target,
        cast(null as double) as minimum
    from summed

)

select * from figures
