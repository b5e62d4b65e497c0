with

figures as (

    select * from {{ ref('int_parties__figures') }}

),

pseudonyms as (

    select * from {{ ref('stg_register__pseudonyms') }}

),

named as (

    select
        figures.*,
        pseudonyms.pseudonym,
        100.0 * figures.succeeded / figures.volume as succeeded_pct,
        figures.volume < {{ fewest_ranked_requests() }} as is_among_others
    from figures
    inner join pseudonyms
        on
            figures.reporting_month = pseudonyms.reporting_month
            and figures.user_id = pseudonyms.user_id

),

-- P1: by the figure, ties by pseudonym, so that each place is of one party
placed as (

    select
        -- keys
        reporting_month,
        league,
        user_id,
        pseudonym,

        -- figures
        volume,
        succeeded,
        succeeded_pct,

        -- place
        is_among_others,
        case
            when not is_among_others
                then
                    rank() over (
                        partition by reporting_month, league, is_among_others
                        order by succeeded_pct desc, pseudonym asc
                    )
        end as league_rank
    from named

)

select * from placed
