{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

{%- set places = "service_id <> 'All' and region <> 'All'" %}
{%- set checks = [
    {
        'name': 'DOWN: unplanned minutes of the regions are those of their days',
        'expected': ['service_availability', 'unplanned_minutes', places ~ " and band = 'All'"],
        'actual': ['service_availability_daily', 'unplanned_minutes', places],
    },
    {
        'name': 'DOWN: unplanned minutes of all regions are those of their days',
        'expected': [
            'service_availability', 'unplanned_minutes', "region = 'All' and band = 'All'",
        ],
        'actual': ['service_availability_daily', 'unplanned_minutes', "region = 'All'"],
    },
    {
        'name': 'DOWN: planned minutes are those of the days',
        'expected': ['service_availability', 'planned_minutes', "band = 'All'"],
        'actual': ['service_availability_daily', 'planned_minutes'],
    },
    {
        'name': 'AVAIL-D: unplanned minutes of days are those of their hours',
        'expected': ['service_availability_daily', 'unplanned_minutes', "service_id <> 'All'"],
        'actual': ['service_availability_hourly', 'unplanned_minutes'],
    },
    {
        'name': 'pmr_measures: AVAIL has the levels of service_availability',
        'expected': [
            'service_availability',
            'coalesce(availability_pct, 0)',
            "region = 'All' and band = 'All'",
        ],
        'actual': ['pmr_measures', 'coalesce(value, 0)', "measure_id = 'AVAIL'"],
    },
    {
        'name': 'pmr_measures: BP-AVAIL has the levels of process_availability',
        'expected': ['process_availability', 'coalesce(availability_pct, 0)'],
        'actual': ['pmr_measures', 'coalesce(value, 0)', "measure_id = 'BP-AVAIL'"],
    },
] %}

{{ reconcile(checks) }}
