with

lines as (

    select * from {{ ref('int_incidents__aged_lines') }}

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        scope,
        {{ unsplit() }},

        -- figure
        cast(incidents as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        'Reported' as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from lines

)

select * from cells
