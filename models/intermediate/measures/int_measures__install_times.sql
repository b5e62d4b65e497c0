with

figures as (

    select * from {{ ref('int_rsvp__process_figures') }}
    where
        business_process = 'Install and Commission'
        and timing_class = 'All'
        and device_type = 'All'
        -- All is SMETS2+ alone: no device of SMETS1 is installed any more (A-IC).
        and smets in ('All', 'SMETS2+')

),

cells as (

    select
        -- keys
        reporting_month,
        'IC1' as measure_id,
        'All' as scope,
        'Install and Commission' as business_process,
        {{ unsplit(except=['business_process', 'srv', 'smets', 'region']) }},
        srv,
        smets,
        region,

        -- figure: without response is missed (S4), without a target time is in neither (S3)
        cast(with_trt - within_trt as double) as numerator,
        cast(with_trt as double) as denominator,
        cast(null as double) as level,
        case when with_trt = 0 then 'No Events' else 'Reported' end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from figures

)

select * from cells
