with

aged as (

    select * from {{ ref('int_incidents__aged_summed') }}

),

reasons as (

    select * from {{ ref('int_incidents__aged_reasons_summed') }}

),

by_month as (

    select
        reporting_month,
        'INC-AGE' as measure_id,
        responsible || ' | ' || {{ month_label('raised_month') }}
        || ' | ' || {{ category_label('category') }} as scope,
        incidents
    from aged

),

-- the tables end with a line of totals over the months, which no mart has
over_months as (

    select
        reporting_month,
        'INC-AGE' as measure_id,
        responsible || ' | All | ' || {{ category_label('category') }} as scope,
        sum(incidents) as incidents
    from aged
    group by reporting_month, responsible, category

),

by_reason as (

    select
        reporting_month,
        'INC-AGE-REASON' as measure_id,
        responsible || ' | ' || issue_type as scope,
        incidents
    from reasons

),

older as (

    select
        reporting_month,
        'INC-AGE-90' as measure_id,
        responsible || ' | ' || issue_type as scope,
        older_than_90_days as incidents
    from reasons

),

united as (

    select * from by_month

    union all

    select * from over_months

    union all

    select * from by_reason

    union all

    select * from older

)

select * from united
