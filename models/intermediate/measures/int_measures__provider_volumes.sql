with

levels as (

    select * from {{ ref('int_providers__levels') }}

),

cells as (

    select
        -- keys
        reporting_month,
        'PM' || measure_no as measure_id,
        provider as scope,
        'All' as business_process,
        'All' as srv,
        'All' as smets,
        'All' as region,
        'All' as device_type,

        -- figure: a level that came without its volumes has no working to show
        numerator,
        denominator,
        cast(null as double) as level,
        case
            when state = 'Reported' and (numerator is null or denominator is null)
                then 'Not Reported'
            else state
        end as state,

        -- limits: these inform; the Measure is SP-PM
        cast(null as double) as target,
        cast(null as double) as minimum
    from levels
    where measure_no in ('2', '12.2')

)

select * from cells
