{{
    config(
        materialized='by_period',
        period_column='reporting_month',
        period_unit='month',
        inputs='int_reads__look_back_inputs',
    )
}}
-- depends_on: {{ ref('int_reads__look_back_inputs') }}
with

last_answers as (

    select * from {{ ref('int_reads__last_answers') }}

),

bounded as (

    select
        -- keys
        reporting_month,
        device_id,

        -- days whose sixty days before hold no answer
        greatest(
            reporting_month,
            coalesce(
                {{ day_plus('last_answered_before', silent_after_days() | int + 1) }},
                reporting_month
            )
        ) as quiet_from,
        least(
            {{ month_end('reporting_month') }},
            coalesce(first_answered_since, {{ month_end('reporting_month') }})
        ) as quiet_until,

        -- days whose sixty days before hold a question: up to the one, and from the other on
        {{ day_plus('last_asked_before', silent_after_days()) }} as asked_until,
        {{ day_plus('first_asked_since', 1) }} as asked_from
    from last_answers

),

silences as (

    select *
    from bounded
    where
        quiet_from <= quiet_until
        and (asked_until >= quiet_from or asked_from <= quiet_until)

)

select * from silences
