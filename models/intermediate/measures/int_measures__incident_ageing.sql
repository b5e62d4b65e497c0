with

aged as (

    select * from {{ ref('int_incidents__aged_summed') }}

),

by_month as (

    select
        reporting_month,
        responsible || ' | ' || {{ month_label('raised_month') }}
        || ' | ' || {{ category_label('category') }} as scope,
        incidents
    from aged

),

-- the tables end with a line of totals over the months, which no mart has
over_months as (

    select
        reporting_month,
        responsible || ' | All | ' || {{ category_label('category') }} as scope,
        sum(incidents) as incidents
    from aged
    group by reporting_month, responsible, category

),

united as (

    select * from by_month

    union all

    select * from over_months

),

figures as (

    select
        reporting_month,
        cast('INC-AGE' as varchar) as measure_id,
        scope,
        {{ unsplit() }},
        cast(incidents as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        cast('Reported' as varchar) as state,
        cast(null as double) as target,
        cast(null as double) as minimum
    from united

)

select * from figures
