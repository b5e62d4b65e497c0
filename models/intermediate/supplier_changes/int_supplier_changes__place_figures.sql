{%- set keys = ['reporting_month', 'smets', 'region', 'device_type', 'response_code'] -%}
with

months as (

    select * from {{ ref('int_supplier_changes__months') }}

),

expected as (

    select * from {{ ref('int_rsvp__expected_cells') }}
    where grid = 'places'

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
        'All' as response_code
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
        coalesce(found.attempts, 0) as attempts,
        coalesce(found.succeeded, 0) as succeeded,
        coalesce(found.failed, 0) as failed,
        coalesce(found.user_caused, 0) as user_caused
    from found
    full outer join expected_of_landed
        on
            found.reporting_month = expected_of_landed.reporting_month
            {% for key in keys[1:] %}
                and found.{{ key }} = expected_of_landed.{{ key }}
            {% endfor %}

)

select * from joined
