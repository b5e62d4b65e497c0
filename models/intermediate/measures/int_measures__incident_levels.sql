with

months as (

    select * from {{ ref('int_incidents__months') }}

),

evidence as (

    select * from {{ ref('int_incidents__evidence') }}

),

-- every month with an extract has every measure: that nothing was closed is an answer too
cells as (

    select
        months.reporting_month,
        measures.measure_id
    from months
    cross join
        (values ('CPM4'), ('CPM5'), ('CPM4-BEFORE'), ('CPM5-BEFORE')) as measures (measure_id)

),

summed as (

    select
        reporting_month,
        measure_id,
        count(*) as closed,
        count(*) filter (where in_denominator) as denominator,
        count(*) filter (where in_numerator) as numerator
    from evidence
    group by reporting_month, measure_id

),

joined as (

    select
        cells.*,
        coalesce(summed.closed, 0) as closed,
        coalesce(summed.denominator, 0) as denominator,
        coalesce(summed.numerator, 0) as numerator
    from cells
    left join summed
        on
            cells.reporting_month = summed.reporting_month
            and cells.measure_id = summed.measure_id

),

levels as (

    select
        reporting_month,
        measure_id,
        cast('All' as varchar) as scope,
        {{ unsplit() }},
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        cast(null as double) as level,
        case
            when closed = 0 then 'No Events'
            when denominator = 0 then 'Data Exempted'
            else 'Reported'
        end as state,
        cast(null as double) as target,
        cast(null as double) as minimum
    from joined

)

select * from levels
