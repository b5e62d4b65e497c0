{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='int_installs__attempts',
    )
}}
with

attempts as (

    select * from {{ ref('int_installs__attempts') }}
    where in_denominator and {{ in_period('activity_date') }}

),

-- A device that two parties ask on a day is an install of either.
of_parties as (

    select
        activity_date,
        reporting_month,
        in_numerator,
        {{ each_party('user_ids') }} as user_id
    from attempts

),

-- Kept, as the days of all together are: a party's own week before a month is its history (O7).
summed as (

    select
        -- keys
        activity_date,
        reporting_month,
        user_id,

        -- installs
        count(*) as attempted,
        count(*) filter (where in_numerator) as succeeded
    from of_parties
    group by activity_date, reporting_month, user_id

)

select * from summed
