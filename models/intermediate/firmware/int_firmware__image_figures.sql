{%- set keys = ['device_type', 'smets', 'region'] -%}
{%- set counts = [
    'requested', 'acknowledged', 'hans_received', 'verified', 'verification_failed', 'in_progress',
    'silent', 'activations', 'activations_succeeded',
] -%}
with

images as (

    select * from {{ ref('int_firmware__images') }}

),

expected as (

    select * from {{ ref('int_rsvp__expected_cells') }}
    where grid = 'places'

),

landed as (

    select * from {{ ref('int_firmware__landed') }}

),

-- An unknown device has one place: its row of the generation says all that its region could.
found as (

    select * from images
    where not (smets = 'Unknown' and region = 'Unknown')

),

joined as (

    select
        {% for key in keys %}
            coalesce(found.{{ key }}, expected.{{ key }}) as {{ key }},
        {% endfor %}

        -- nought where nothing happened
        {% for column in counts %}
            coalesce(found.{{ column }}, 0) as {{ column }},
        {% endfor %}
        coalesce(found.reporting_month, expected.reporting_month) as reporting_month
    from found
    full outer join expected
        on
            found.reporting_month = expected.reporting_month
            {% for key in keys %}
                and found.{{ key }} = expected.{{ key }}
            {% endfor %}

),

told as (

    select
        joined.*,
        landed.has_requests,
        landed.has_targets,
        landed.has_alerts,
        landed.has_deliveries
    from joined
    inner join landed on joined.reporting_month = landed.reporting_month

)

select * from told
