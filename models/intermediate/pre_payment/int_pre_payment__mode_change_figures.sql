{%- set keys = ['reporting_month', 'srv', 'device_type', 'smets', 'region'] -%}
with

mode_changes as (

    select * from {{ ref('int_pre_payment__mode_changes') }}
    where not (smets = 'Unknown' and region = 'Unknown')

),

expected as (

    select * from {{ ref('int_pre_payment__expected_cells') }}
    where has_requests

),

joined as (

    select
        {% for key in keys %}
            coalesce(mode_changes.{{ key }}, expected.{{ key }}) as {{ key }},
        {% endfor %}
        coalesce(mode_changes.requests, 0) as requests,
        coalesce(mode_changes.succeeded, 0) as succeeded
    from mode_changes
    full outer join expected
        on
            mode_changes.reporting_month = expected.reporting_month
            {% for key in keys[1:] %}
                and mode_changes.{{ key }} = expected.{{ key }}
            {% endfor %}

)

select * from joined
