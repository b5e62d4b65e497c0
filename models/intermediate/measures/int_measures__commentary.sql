with

months as (

    select * from {{ ref('int_calendar__months') }}

),

wanted as (

    select * from {{ ref('int_commentary__wanted') }}

),

summed as (

    select
        months.reporting_month,
        count(wanted.measure_id) as wanted,
        count(*) filter (where wanted.is_supplied) as supplied
    from months
    left join wanted on months.reporting_month = wanted.reporting_month
    group by months.reporting_month

),

crossed as (

    select
        reporting_month,
        'COMM-WANTED' as measure_id,
        cast(wanted as double) as numerator,
        cast(null as double) as denominator,
        'Reported' as state
    from summed

    union all

    select
        reporting_month,
        'COMM-SUPPLIED' as measure_id,
        cast(case when wanted > 0 then supplied end as double) as numerator,
        cast(nullif(wanted, 0) as double) as denominator,
        case when wanted = 0 then 'No Events' else 'Reported' end as state
    from summed

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        'All' as scope,
        {{ unsplit() }},

        -- figure
        numerator,
        denominator,
        cast(null as double) as level,
        state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from crossed

)

select * from cells
