with

months as (

    select * from {{ ref('int_calendar__months') }}

),

providers as (

    select provider
    from {{ ref('performance_measures') }}
    group by provider

),

landed as (

    select * from {{ ref('int_feeds__landed_parts') }}
    where system = 'providers' and feed = 'service_credits'

),

credits as (

    select
        reporting_month,
        provider,
        sum(credit_gbp) as credit_gbp
    from {{ ref('stg_providers__service_credits') }}
    group by reporting_month, provider

),

-- A provider whose extract is there and empty owes nothing; one without an extract is not reported.
by_provider as (

    select
        months.reporting_month,
        providers.provider,
        landed.part is not null as is_landed,
        case when landed.part is not null then coalesce(credits.credit_gbp, 0) end as credit_gbp
    from months
    cross join providers
    left join landed
        on months.reporting_month = landed.reporting_month and providers.provider = landed.part
    left join credits
        on
            months.reporting_month = credits.reporting_month
            and providers.provider = credits.provider

),

with_total as (

    select * from by_provider
    union all
    -- The total is there when somebody reported; a final issue needs everybody's extract anyway.
    select
        reporting_month,
        'All' as provider,
        bool_or(is_landed) as is_landed,
        sum(credit_gbp) as credit_gbp
    from by_provider
    group by reporting_month

)

select * from with_total
