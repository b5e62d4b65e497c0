{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

{%- set checks = [
    {
        'name': 'pmr_measures: SP-PM has the levels of sp_performance_measures',
        'expected': ['sp_performance_measures', 'coalesce(level, 0)'],
        'actual': ['pmr_measures', 'coalesce(value, 0)', "measure_id = 'SP-PM'"],
    },
    {
        'name': 'pmr_measures: SP-PM has the measures of sp_performance_measures',
        'expected': ['sp_performance_measures', '1'],
        'actual': ['pmr_measures', '1', "measure_id = 'SP-PM'"],
    },
    {
        'name': 'pmr_measures: volumes give the levels of PM2 and PM12.2',
        'expected': [
            'sp_performance_measures',
            'level',
            "measure_no in ('2', '12.2') and numerator is not null and denominator is not null",
        ],
        'actual': ['pmr_measures', 'value', "measure_id in ('PM2', 'PM12.2')"],
    },
    {
        'name': 'pmr_measures: PM-EXC has the events of performance_exceptions',
        'expected': ['performance_exceptions', 'events'],
        'actual': ['pmr_measures', 'value', "measure_id = 'PM-EXC'"],
    },
    {
        'name': 'pmr_measures: CREDIT has the money of service_credits',
        'expected': ['service_credits', 'credit_gbp'],
        'actual': ['pmr_measures', 'value', "measure_id = 'CREDIT'"],
    },
    {
        'name': 'pmr_measures: CREDIT-TOTAL has the money of service_credits',
        'expected': ['service_credits', 'credit_gbp'],
        'actual': [
            'pmr_measures', 'coalesce(value, 0)', "measure_id = 'CREDIT-TOTAL' and scope = 'All'"
        ],
    },
    {
        'name': 'pmr_measures: CREDIT-POINTS has the points of service_credits',
        'expected': ['service_credits', 'service_points'],
        'actual': ['pmr_measures', 'value', "measure_id = 'CREDIT-POINTS'"],
    },
    {
        'name': 'pmr_measures: figures that want commentary are in commentary_wanted',
        'expected': ['pmr_measures', '1', 'commentary_required'],
        'actual': ['commentary_wanted', 'figures'],
    },
] -%}
{%- for measure in ['CPM1', 'CPM2', 'CPM3', 'CPM4', 'CPM5', 'CPM6', 'CPM7', 'CPM8', 'CPM9'] -%}
    {%- do checks.append({
        'name': 'pmr_measures: ' ~ measure ~ ' has the level of code_performance_measures',
        'expected': [
            'code_performance_measures', 'coalesce(level, -1)', "measure = '" ~ measure ~ "'"
        ],
        'actual': ['pmr_measures', 'coalesce(value, -1)', "measure_id = '" ~ measure ~ "'"],
    }) -%}
{%- endfor %}

{{ reconcile(checks) }}
