{%- set keys = [
    'reporting_month', 'business_process', 'srv', 'timing_class', 'smets', 'region', 'device_type',
] -%}
{%- set counts = [
    'volume', 'responses', 'within_trt', 'with_trt', 'delivery_failures', 'received_successful',
    'received_unsuccessful', 'not_received_successful', 'not_received_unsuccessful',
] -%}
with

months as (

    select * from {{ ref('int_rsvp__months') }}

),

expected as (

    select * from {{ ref('int_rsvp__expected_cells') }}
    where grid = 'processes'

),

landed as (

    select reporting_month
    from {{ ref('int_feeds__landed_parts') }}
    where system = 'dsp' and feed = 'service_requests'
    group by reporting_month

),

-- A month whose requests are awaited has no figures, not even that nothing happened.
expected_of_landed as (

    select
        expected.*,
        'All' as srv,
        'All' as timing_class
    from expected
    inner join landed on expected.reporting_month = landed.reporting_month

),

-- An unknown device has one place: its row of the generation says all that its region could.
found as (

    select * from months
    where not (smets = 'Unknown' and region = 'Unknown')

),

joined as (

    select
        {% for key in keys %}
            coalesce(found.{{ key }}, expected_of_landed.{{ key }}) as {{ key }},
        {% endfor %}

        -- counts: nought where nothing happened
        {% for column in counts %}
            coalesce(found.{{ column }}, 0) as {{ column }},
        {% endfor %}

        -- speeds
        found.mean_rtt_seconds,
        found.median_rtt_seconds,
        found.min_rtt_seconds,
        found.max_rtt_seconds,
        found.interim_rtt_seconds
    from found
    full outer join expected_of_landed
        on
            found.reporting_month = expected_of_landed.reporting_month
            {% for key in keys[1:] %}
                and found.{{ key }} = expected_of_landed.{{ key }}
            {% endfor %}

)

select * from joined
