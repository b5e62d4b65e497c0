with

days as (

    select * from {{ ref('int_alerts__days_in_period') }}

),

final as (

    select
        -- keys
        reporting_month,
        activity_date,
        {{ split_or_all(['alert_code']) }},

        -- volume
        cast(sum(alerts) as bigint) as alerts
    from days
    group by reporting_month, activity_date, {{ all_totals(['alert_code']) }}
    having {{ is_no_total_twice() }}

)

select * from final
