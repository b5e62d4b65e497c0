{#- Counts of requests, and how often each of them per hundred of which other. -#}
{%- set counts = [
    'attempts', 'succeeded', 'devices', 'sequences', 'first_time', 'by_second', 'never',
] -%}
{%- set shares = {
    'succeeded': 'attempts', 'first_time': 'sequences', 'by_second': 'sequences',
    'never': 'sequences',
} -%}
with

totals as (

    select * from {{ ref('int_pre_payment__top_ups') }}

),

landed as (

    select * from {{ ref('int_pre_payment__landed') }}

),

-- What is awaited is not nought: one feed tells nothing of the other.
final as (

    select
        -- keys
        totals.reporting_month,
        totals.device_type,
        totals.smets,
        totals.region,

        -- attempts and their sequences
        {% for column in counts %}
            case when landed.has_requests then totals.{{ column }} end as {{ column }},
        {% endfor %}
        {% for column, whole in shares.items() %}
            100.0 * totals.{{ column }} / nullif(totals.{{ whole }}, 0) as {{ column }}_pct,
        {% endfor %}

        -- where the month meets the one before
        case when landed.has_requests then totals.continued end as attempts_continued,
        landed.has_day_before as has_look_back,

        -- credit that did not need a request
        case when landed.has_alerts then totals.credits end as credit_added_locally
    from totals
    left join landed on totals.reporting_month = landed.reporting_month

)

select * from final
