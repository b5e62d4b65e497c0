with

evidence as (

    select * from {{ ref('int_pre_payment__evidence') }}
    where measure_id = 'PP1' and in_denominator and not in_numerator

),

totals as (

    select
        -- keys
        reporting_month,
        case when grouping(region) = 1 then 'All' else region end as region,
        response_code,

        -- failures
        count(*) as requests
    from evidence
    group by reporting_month, response_code, rollup(region)
    having {{ is_no_total_twice() }}

)

select * from totals
