with

totals as (

    select * from {{ ref('int_incidents__major_totals') }}

),

measures as (

    select listed.measure_id
    from (
        values ('INC-MAJOR-CAT1'), ('INC-MAJOR-CAT2'), ('INC-MAJOR-OUTAGE')
    ) as listed (measure_id)

),

crossed as (

    select
        totals.reporting_month,
        measures.measure_id,
        case measures.measure_id
            when 'INC-MAJOR-CAT1' then totals.category_1_in_year
            when 'INC-MAJOR-CAT2' then totals.category_2_in_month
            when 'INC-MAJOR-OUTAGE' then totals.outage_minutes
        end as numerator
    from totals
    cross join measures

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        'All' as scope,
        {{ unsplit() }},

        -- figure
        cast(numerator as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        'Reported' as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from crossed

)

select * from cells
