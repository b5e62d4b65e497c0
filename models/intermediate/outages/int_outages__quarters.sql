with

quarters as (

    select * from {{ ref('int_traffic__norms') }}
    where region <> 'Unknown'

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

normed as (

    select
        quarters.reporting_month,
        quarters.region,
        quarters.quarter_started_at,
        quarters.is_in_period,
        periods.extract_at,
        quarters.requests,
        {{ norm('quarters.requests_in_weeks', 'quarters.weeks') }} as requests_norm,

        -- O10, in whole numbers and halves: below a fifth of at least twenty
        quarters.weeks >= 2 as has_history,
        quarters.weeks >= 2 and quarters.requests_in_weeks >= 20 * quarters.weeks as is_judged,
        quarters.weeks >= 2
        and quarters.requests_in_weeks >= 20 * quarters.weeks
        and 5 * quarters.requests * quarters.weeks < quarters.requests_in_weeks as is_low
    from quarters
    inner join periods on quarters.reporting_month = periods.reporting_month

)

select * from normed
