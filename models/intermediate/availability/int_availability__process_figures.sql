with

processes as (

    select * from {{ ref('int_availability__bands_with_totals') }}
    where subject_kind = 'process' and band = 'All'

),

previous as (

    select * from {{ ref('int_register__previous_levels') }}
    where measure_id = 'BP-AVAIL'

),

-- C3: previous is what was published
joined as (

    select
        processes.reporting_month,
        processes.subject as business_process,
        processes.smets,
        processes.region,
        processes.period_minutes,
        processes.planned_minutes,
        processes.unplanned_minutes,
        processes.availability_pct,
        previous.previous_value as previous_pct,
        previous.previous_text
    from processes
    left join previous
        on
            processes.reporting_month = previous.reporting_month
            and {{ process_scope('processes.subject', 'processes.smets', 'processes.region') }}
            = previous.scope

),

-- V6
judged as (

    select
        *,
        case
            when availability_pct is null then null
            when {{ shown_share('availability_pct') }} < {{ degraded_below_pct() }} then 'Degraded'
            else 'Available'
        end as state
    from joined

)

select * from judged
