with

months as (

    select * from {{ ref('int_incidents__problem_months_summed') }}

),

measures as (

    select listed.measure_id
    from (values ('PROB-RELATED'), ('PROB-CLOSED'), ('PROB-OPEN')) as listed (measure_id)

),

crossed as (

    select
        months.reporting_month,
        measures.measure_id,
        {{ month_label('months.report_month') }} as scope,
        case measures.measure_id
            when 'PROB-RELATED' then months.related
            when 'PROB-CLOSED' then months.closed_in_period
            when 'PROB-OPEN' then months.still_open
        end as problems
    from months
    cross join measures

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        scope,
        {{ unsplit() }},

        -- figure
        cast(problems as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        'Reported' as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from crossed

)

select * from cells
