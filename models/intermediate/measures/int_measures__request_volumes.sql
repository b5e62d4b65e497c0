with

figures as (

    select * from {{ ref('int_rsvp__process_figures') }}
    where timing_class = 'All'

),

-- Requests of no process are counted too, so that the volumes add up to what is reported (A9).
cells as (

    select
        -- keys
        reporting_month,
        'RSVP-M4' as measure_id,
        'All' as scope,
        business_process,
        srv,
        smets,
        region,
        device_type,

        -- figure
        cast(nullif(volume, 0) as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        case when volume = 0 then 'No Events' else 'Reported' end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from figures

)

select * from cells
