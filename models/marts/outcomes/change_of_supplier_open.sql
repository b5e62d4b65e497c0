with

totals as (

    select * from {{ ref('int_supplier_changes__open_totals') }}
    where age_band <> 'All'

),

history as (

    select * from {{ ref('int_supplier_changes__history') }}

),

final as (

    select
        -- keys
        totals.reporting_month,
        totals.age_band,
        totals.smets,
        totals.region,

        -- devices that wait, and how often they were tried
        totals.devices,
        totals.requests,
        totals.max_requests_per_device,
        totals.mean_requests_per_device,

        -- how far back the look goes
        history.history_from
    from totals
    inner join history on totals.reporting_month = history.reporting_month

)

select * from final
