with

months as (

    select * from {{ ref('int_iterations__months') }}

),

final as (

    select
        -- keys
        reporting_month,
        business_process,
        smets,
        region,

        -- iterations
        iterations,
        failed,
        100.0 * failed / iterations as failed_pct,
        requests
    from months

)

select * from final
