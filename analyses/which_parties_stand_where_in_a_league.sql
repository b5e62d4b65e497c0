-- The places of a league with the parties behind them: restricted, as the packs are (O13, P1).
with

places as (

    select * from {{ ref('int_parties__places') }}

),

parties as (

    select * from {{ ref('stg_dcc__parties') }}

)

select
    places.league_rank,
    places.pseudonym,
    places.user_id,
    parties.party_name,
    parties.party_type,
    places.volume,
    places.succeeded,
    places.succeeded_pct
from places
left join parties
    on places.reporting_month = parties.reporting_month and places.user_id = parties.user_id
where
    places.reporting_month = date '2020-09-01'
    and places.league = 'Top-ups'
order by places.is_among_others asc, places.league_rank asc, places.pseudonym asc
