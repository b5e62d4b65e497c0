with

reasons as (

    select * from {{ ref('int_incidents__aged_reasons_summed') }}

),

measures as (

    select measure_id
    from (values ('INC-AGE-REASON'), ('INC-AGE-90')) as listed (measure_id)

),

crossed as (

    select
        reasons.reporting_month,
        measures.measure_id,
        reasons.responsible || ' | ' || reasons.issue_type as scope,
        case measures.measure_id
            when 'INC-AGE-REASON' then reasons.incidents
            when 'INC-AGE-90' then reasons.older_than_90_days
        end as incidents
    from reasons
    cross join measures

),

figures as (

    select
        reporting_month,
        measure_id,
        scope,
        {{ unsplit() }},
        cast(incidents as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        cast('Reported' as varchar) as state,
        cast(null as double) as target,
        cast(null as double) as minimum
    from crossed

)

select * from figures
