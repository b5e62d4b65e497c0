with

places as (

    select * from {{ ref('int_parties__places') }}

),

ranked as (

    select
        reporting_month,
        league,
        pseudonym,
        volume,
        succeeded,
        succeeded_pct,
        league_rank as rank,
        cast(1 as bigint) as parties
    from places
    where not is_among_others

),

-- P1: too few requests to stand alone; and together only where nobody can tell whose they are
others as (

    select
        reporting_month,
        league,
        'Others' as pseudonym,
        cast(sum(volume) as bigint) as volume,
        cast(sum(succeeded) as bigint) as succeeded,
        100.0 * sum(succeeded) / sum(volume) as succeeded_pct,
        cast(null as bigint) as rank,
        count(*) as parties
    from places
    where is_among_others
    group by reporting_month, league
    having
        count(*) >= {{ fewest_others() }}
        and sum(volume) >= {{ fewest_ranked_requests() }}

),

united as (

    select * from ranked
    union all
    select * from others

),

final as (

    select
        -- keys
        reporting_month,
        league,
        pseudonym,

        -- figures
        volume,
        succeeded,
        succeeded_pct,

        -- place
        rank,
        parties
    from united

)

select * from final
