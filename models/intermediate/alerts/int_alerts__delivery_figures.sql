{%- set counts = [
    'eligible', 'on_time', 'late', 'le_60s', 'le_5m', 'le_1h', 'later', 'never',
] -%}
{%- set cell = ['reporting_month', 'alert_set', 'alert_code', 'smets', 'region'] -%}
with

delivered as (

    select * from {{ ref('int_alerts__delivery_sets') }}

),

expected as (

    select * from {{ ref('int_rsvp__expected_cells') }}
    where grid = 'places'

),

landed as (

    select reporting_month
    from {{ ref('int_feeds__landed_parts') }}
    where system = 'dsp' and feed = 'alerts'
    group by reporting_month

),

-- A month whose alerts are awaited has no figures, not even that nothing happened.
expected_of_landed as (

    select
        expected.*,
        'All' as alert_code,
        kinds.alert_set
    from expected
    inner join landed on expected.reporting_month = landed.reporting_month
    cross join (values ('every'), ('power')) as kinds (alert_set)

),

-- An unknown device has one place: its row of the generation says all that its region could.
found as (

    select delivered.*
    from delivered
    inner join landed on delivered.reporting_month = landed.reporting_month
    where not (delivered.smets = 'Unknown' and delivered.region = 'Unknown')

),

joined as (

    select
        -- keys
        {% for key in cell %}
            coalesce(found.{{ key }}, expected_of_landed.{{ key }}) as {{ key }},
        {% endfor %}

        -- counts: nought where nothing happened
        {% for count in counts %}
            coalesce(found.{{ count }}, 0) as {{ count }},
        {% endfor %}
        coalesce(found.raised, 0) as raised
    from found
    full outer join expected_of_landed
        on
            found.reporting_month = expected_of_landed.reporting_month
            and found.alert_set = expected_of_landed.alert_set
            and found.alert_code = expected_of_landed.alert_code
            and found.smets = expected_of_landed.smets
            and found.region = expected_of_landed.region

)

select * from joined
