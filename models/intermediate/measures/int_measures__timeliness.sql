with

months as (

    select * from {{ ref('int_calendar__months') }}

),

parts as (

    select * from {{ ref('int_feeds__judged_parts') }}
    where state <> 'not due'

),

summed as (

    select
        months.reporting_month,
        count(parts.state) as due,
        count(*) filter (where parts.state = 'on time') as on_time,
        count(*) filter (where parts.state = 'late') as late,
        count(*) filter (where parts.state = 'missing') as missing
    from months
    left join parts on months.reporting_month = parts.reporting_month
    group by months.reporting_month

),

crossed as (

    select
        summed.reporting_month,
        summed.due,
        measures.measure_id,
        case measures.measure_id
            when 'TIME-ON-TIME' then summed.on_time
            when 'TIME-LATE' then summed.late
            when 'TIME-MISSING' then summed.missing
        end as numerator
    from summed
    cross join (values ('TIME-ON-TIME'), ('TIME-LATE'), ('TIME-MISSING')) as measures (measure_id)

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        'All' as scope,
        {{ unsplit() }},

        -- figure
        cast(case when due > 0 then numerator end as double) as numerator,
        cast(case when measure_id = 'TIME-ON-TIME' and due > 0 then due end as double)
            as denominator,
        cast(null as double) as level,
        case when due = 0 then 'No Events' else 'Reported' end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from crossed

)

select * from cells
