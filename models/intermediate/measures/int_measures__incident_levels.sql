with

months as (

    select * from {{ ref('int_incidents__months') }}

),

evidence as (

    select * from {{ ref('int_incidents__evidence') }}

),

-- every month with an extract has every measure: that nothing was closed is an answer too
grid as (

    select
        months.reporting_month,
        measures.measure_id
    from months
    cross join
        (values ('CPM4'), ('CPM5'), ('CPM4-BEFORE'), ('CPM5-BEFORE')) as measures (measure_id)

),

summed as (

    select
        grid.reporting_month,
        grid.measure_id,
        count(evidence.incident_id) as closed,
        count(*) filter (where evidence.in_denominator) as denominator,
        count(*) filter (where evidence.in_numerator) as numerator
    from grid
    left join evidence
        on
            grid.reporting_month = evidence.reporting_month
            and grid.measure_id = evidence.measure_id
    group by grid.reporting_month, grid.measure_id

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
        cast(denominator as double) as denominator,
        cast(null as double) as level,
        case
            when closed = 0 then 'No Events'
            when denominator = 0 then 'Data Exempted'
            else 'Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from summed

)

select * from cells
