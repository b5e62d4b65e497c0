{%- set counts = ['requests', 'failed', 'scheduled', 'scheduled_within_24h'] -%}
with

months as (

    select * from {{ ref('int_reads__months') }}

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
        'All' as srv
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
        -- keys
        coalesce(found.reporting_month, expected_of_landed.reporting_month) as reporting_month,
        coalesce(found.srv, expected_of_landed.srv) as srv,
        coalesce(found.smets, expected_of_landed.smets) as smets,
        coalesce(found.region, expected_of_landed.region) as region,

        -- counts: nought where nothing happened
        {% for column in counts %}
            coalesce(found.{{ column }}, 0) as {{ column }},
        {% endfor %}
        coalesce(found.silent_device_requests, 0) as silent_device_requests
    from found
    full outer join expected_of_landed
        on
            found.reporting_month = expected_of_landed.reporting_month
            and found.srv = expected_of_landed.srv
            and found.smets = expected_of_landed.smets
            and found.region = expected_of_landed.region

)

select * from joined
