with

credits as (

    select * from {{ ref('stg_providers__service_credits') }}

),

priced as (

    select
        *,
        cast(credit_gbp as double) / nullif(service_points, 0) as gbp_per_point
    from credits

),

compared as (

    select
        *,
        -- The PM with most points gives the provider's price: money is rounded, and there least.
        first_value(gbp_per_point) over most_points as provider_gbp_per_point,
        first_value(service_points) over most_points as priced_by_points
    from priced
    window
        most_points as (
            partition by reporting_month, provider
            order by service_points desc, measure_no asc
        )

),

judged as (

    select
        *,
        -- Credits come in whole pounds: either of the two may be half a pound off.
        coalesce(
            abs(cast(credit_gbp as double) - service_points * provider_gbp_per_point)
            <= 0.5 + 0.5 * service_points / priced_by_points,
            true
        ) as has_shared_price
    from compared

)

select * from judged
