with

figures as (

    select * from {{ ref('int_pre_payment__mode_change_figures') }}

),

cells as (

    select
        -- keys
        reporting_month,
        'PP2' as measure_id,
        'All' as scope,
        'Pre-Payment' as business_process,
        srv,
        smets,
        region,
        device_type,

        -- figure
        cast(succeeded as double) as numerator,
        cast(requests as double) as denominator,
        cast(null as double) as level,
        case when requests = 0 then 'No Events' else 'Reported' end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from figures

)

select * from cells
