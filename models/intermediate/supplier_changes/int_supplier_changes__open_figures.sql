{%- set keys = ['reporting_month', 'smets', 'region', 'age_band'] -%}
with

totals as (

    select * from {{ ref('int_supplier_changes__open_totals') }}

),

expected as (

    select * from {{ ref('int_rsvp__expected_cells') }}
    where grid = 'places'

),

bands as (

    select * from {{ ref('int_supplier_changes__known_bands') }}

),

expected_of_landed as (

    select
        expected.*,
        bands.age_band,
        bands.is_known
    from expected
    inner join bands on expected.reporting_month = bands.reporting_month

),

-- An unknown device has one place: its row of the generation says all that its region could.
found as (

    select * from totals
    where not (smets = 'Unknown' and region = 'Unknown')

),

joined as (

    select
        {% for key in keys %}
            coalesce(found.{{ key }}, expected_of_landed.{{ key }}) as {{ key }},
        {% endfor %}

        -- devices, and whether the requests are known for long enough to tell that there is none
        coalesce(found.devices, 0) as devices,
        found.max_requests_per_device,
        found.devices is not null or expected_of_landed.is_known as is_known
    from found
    full outer join expected_of_landed
        on
            found.reporting_month = expected_of_landed.reporting_month
            {% for key in keys[1:] %}
                and found.{{ key }} = expected_of_landed.{{ key }}
            {% endfor %}

)

select * from joined
