with

leagues as (

    select * from {{ ref('int_parties__leagues') }}

),

places as (

    select * from {{ ref('int_parties__places') }}

),

landed as (

    select * from {{ ref('int_installs__landed_months') }}
    where has_requests

),

summed as (

    select
        reporting_month,
        league,
        cast(sum(volume) as bigint) as volume,
        cast(sum(succeeded) as bigint) as succeeded,
        count(*) filter (where not is_among_others) as ranked_parties
    from places
    group by reporting_month, league

),

-- A month whose requests are awaited has no figures, not even that nothing happened.
joined as (

    select
        -- keys
        leagues.reporting_month,
        leagues.league,

        -- all parties together, and how many of them have a place
        coalesce(summed.volume, 0) as volume,
        coalesce(summed.succeeded, 0) as succeeded,
        coalesce(summed.ranked_parties, 0) as ranked_parties
    from leagues
    inner join landed on leagues.reporting_month = landed.reporting_month
    left join summed
        on
            leagues.reporting_month = summed.reporting_month
            and leagues.league = summed.league

)

select * from joined
