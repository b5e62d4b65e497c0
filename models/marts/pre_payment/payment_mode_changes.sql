with

totals as (

    select * from {{ ref('int_pre_payment__mode_changes') }}

),

final as (

    select
        -- keys
        reporting_month,
        srv,
        device_type,
        smets,
        region,

        -- requests
        requests,
        succeeded,
        100.0 * succeeded / requests as succeeded_pct
    from totals

)

select * from final
