with

previous as (

    select * from {{ ref('int_register__previous_levels') }}

),

recomputed as (

    select * from {{ ref('int_register__recomputed_levels') }}

),

compared as (

    select
        -- keys
        previous.reporting_month,
        previous.previous_month as restated_month,
        previous.measure_id,
        previous.scope,

        -- what was published, and what the extracts say today
        previous.previous_value as published,
        previous.previous_text as published_text,
        previous.issue as published_issue,
        cast(recomputed.shown_level as double) as recomputed,
        recomputed.level_text as recomputed_text,
        cast(
            recomputed.shown_level - {{ as_limit('previous.previous_value') }} as double
        ) as difference
    from previous
    inner join recomputed
        on
            previous.previous_month = recomputed.reporting_month
            and previous.measure_id = recomputed.measure_id
            and previous.scope = recomputed.scope

),

restated as (

    select *
    from compared
    where
        coalesce(difference <> 0, true)
        and published_text is distinct from recomputed_text

)

select * from restated
