with

days as (

    select * from {{ ref('int_supplier_changes__days') }}

),

totals as (

    select
        -- keys
        reporting_month,
        activity_date,
        {{ split_or_all(['device_type', 'response_code']) }},

        -- what became of the changes
        {{ supplier_change_counts() }}
    from days
    group by reporting_month, activity_date, {{ all_totals(['device_type', 'response_code']) }}
    having {{ is_no_total_twice() }}

),

final as (

    select
        *,
        100.0 * succeeded / attempts as succeeded_pct
    from totals

)

select * from final
