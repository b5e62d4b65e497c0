with

attempts as (

    select * from {{ ref('int_firmware__hub_attempts') }}
    where in_denominator

),

totals as (

    select
        reporting_month,
        case when grouping(region) = 1 then 'All' else region end as region,
        image_version,
        count(*) as attempted,
        count(*) filter (where in_numerator_of_delivered) as delivered,
        count(*) filter (where in_numerator_of_activated) as activated
    from attempts
    group by reporting_month, image_version, rollup(region)
    having {{ is_no_total_twice() }}

),

-- O11
final as (

    select
        -- keys
        reporting_month,
        region,
        image_version,

        -- attempts
        attempted,
        delivered,
        activated,
        100.0 * delivered / attempted as delivered_pct,
        100.0 * activated / attempted as activated_pct
    from totals

)

select * from final
