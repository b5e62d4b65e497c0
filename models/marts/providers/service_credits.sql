with

credits as (

    select * from {{ ref('int_providers__credits_priced') }}

),

measures as (

    select * from {{ ref('sp_performance_measures') }}

),

final as (

    select
        -- keys
        credits.reporting_month,
        credits.provider,
        credits.measure_no,

        -- credit
        credits.service_points,
        credits.credit_gbp,
        credits.gbp_per_point,
        credits.provider_gbp_per_point,
        credits.has_shared_price,

        -- the measure that it is for, as the tables have it
        measures.measure_no is not null as is_in_tables,
        measures.measure_name,
        measures.level,
        measures.level_text,
        measures.target,
        measures.status
    from credits
    left join measures
        on
            credits.reporting_month = measures.reporting_month
            and credits.provider = measures.provider
            and credits.measure_no = measures.measure_no

)

select * from final
