{%- set amounts = [
    'landed_by_manifest', 'landed', 'landed_as_counted', 'reported', 'reported_as_counted',
    'reported_or_in_flight', 'attributed_or_not',
] -%}
{{ config(materialized='view', schema='intermediate', contract={'enforced': false}) }}
with

facts as (

    select
        reporting_month,
        activity_date,
        count(*) as landed,
        count(*) filter (where is_reported) as reported
    from {{ ref('fct_service_requests') }}
    group by reporting_month, activity_date

),

counted as (

    select
        reporting_month,
        activity_date,
        landed as landed_as_counted,
        reported as reported_as_counted,
        reported + in_flight as reported_or_in_flight,
        attributed + unattributed as attributed_or_not
    from {{ ref('int_requests__counted') }}

),

united as (

    select
        reporting_month,
        activity_date,
        rows_landed as landed_by_manifest
    from {{ ref('int_feeds__file_days') }}
    where feed_id = 'dsp/service_requests'
    {{ union_by_name() }}
    select * from facts
    {{ union_by_name() }}
    select * from counted

),

summed as (

    select
        {% for column in amounts %}
            coalesce(sum({{ column }}), 0) as {{ column }},
        {% endfor %}
        reporting_month,
        activity_date
    from united
    group by reporting_month, activity_date

),

-- A9
judged as (

    select
        *,
        landed_by_manifest = landed
        and landed = landed_as_counted
        and landed_as_counted = reported_or_in_flight
        and reported = reported_as_counted
        and reported_as_counted = attributed_or_not as is_conserved
    from summed

)

select * from judged
