{%- set keys = ['reporting_month', 'device_type', 'smets', 'region'] -%}
{%- set counts = [
    'attempts', 'succeeded', 'devices', 'sequences', 'first_time', 'by_second', 'never', 'credits',
] -%}
with

top_ups as (

    select * from {{ ref('int_pre_payment__top_ups') }}

),

expected as (

    select * from {{ ref('int_pre_payment__expected_cells') }}

),

landed as (

    select * from {{ ref('int_pre_payment__landed') }}

),

-- An unknown device has one place: its row of the generation says all that its region could.
found as (

    select
        top_ups.*,
        landed.has_requests,
        landed.has_alerts
    from top_ups
    inner join landed on top_ups.reporting_month = landed.reporting_month
    where not (top_ups.smets = 'Unknown' and top_ups.region = 'Unknown')

),

joined as (

    select
        {% for key in keys %}
            coalesce(found.{{ key }}, expected.{{ key }}) as {{ key }},
        {% endfor %}

        -- nought where nothing happened, if it was told at all
        {% for column in counts %}
            coalesce(found.{{ column }}, 0) as {{ column }},
        {% endfor %}
        coalesce(found.has_requests, expected.has_requests) as has_requests,
        coalesce(found.has_alerts, expected.has_alerts) as has_alerts
    from found
    full outer join expected
        on
            found.reporting_month = expected.reporting_month
            {% for key in keys[1:] %}
                and found.{{ key }} = expected.{{ key }}
            {% endfor %}

)

select * from joined
