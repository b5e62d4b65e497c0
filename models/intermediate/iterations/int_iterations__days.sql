{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='fct_service_requests',
    )
}}
-- depends_on: {{ ref('fct_service_requests') }}
with

iterations as (

    select * from {{ ref('int_iterations__judged') }}
    where {{ in_period('activity_date') }}

),

alike as (

    select
        reporting_month,
        activity_date,
        business_process,
        place_bits,
        count(*) filter (where in_denominator) as iterations,
        count(*) filter (where in_numerator) as failed,
        cast(sum(requests) as bigint) as requests
    from iterations
    group by reporting_month, activity_date, business_process, place_bits

),

placed as (

    select
        *,
        {{ each_place(places_of('place_bits', ref('int_iterations__places'))) }}
    from alike

),

-- In each place that it has, once in its generation, once in all: whatever the places are.
counted_once as (

    select
        reporting_month,
        activity_date,
        business_process,
        {{ split_or_all([]) }},
        place_bits,
        iterations,
        failed,
        requests
    from placed
    group by
        reporting_month, activity_date, business_process, place_bits, iterations, failed,
        requests, {{ all_totals([]) }}
    having {{ is_no_total_twice() }}

),

summed as (

    select
        reporting_month,
        activity_date,
        business_process,
        smets,
        region,
        cast(sum(iterations) as bigint) as iterations,
        cast(sum(failed) as bigint) as failed,
        cast(sum(requests) as bigint) as requests
    from counted_once
    group by reporting_month, activity_date, business_process, smets, region

)

select * from summed
