with

devices as (

    select * from {{ ref('int_supplier_changes__waiting') }}

),

totals as (

    select
        -- keys
        reporting_month,
        {{ split_or_all(['age_band']) }},

        -- devices that wait, and how often they were tried (O2)
        count(*) as devices,
        cast(sum(requests) as bigint) as requests,
        max(requests) as max_requests_per_device,
        sum(requests) / count(*) as mean_requests_per_device
    from devices
    group by reporting_month, {{ all_totals(['age_band']) }}
    having {{ is_no_total_twice() }}

)

select * from totals
