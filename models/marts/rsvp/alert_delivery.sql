with

months as (

    select * from {{ ref('int_alerts__delivery_months') }}

),

codes as (

    select * from {{ ref('alert_codes') }}

),

final as (

    select
        -- keys
        months.reporting_month,
        months.alert_code,
        codes.meaning,
        codes.alert_kind,
        months.smets,
        months.region,

        -- what was raised, and what of it was to be delivered
        months.raised,
        months.eligible,
        months.suppressed,
        months.exempt,

        -- on time or not
        months.on_time,
        100.0 * months.on_time / nullif(months.eligible, 0) as on_time_pct,
        months.late,

        -- how long it took
        months.le_60s,
        months.le_5m,
        months.le_1h,
        months.later,
        months.never
    from months
    left join codes on months.alert_code = codes.alert_code

)

select * from final
