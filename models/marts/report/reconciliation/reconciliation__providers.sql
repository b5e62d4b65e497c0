{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

{%- set checks = [
    {
        'name': 'SP-PM: the measures due in the month are in sp_performance_measures',
        'expected': ['int_providers__due_levels', '1'],
        'actual': ['sp_performance_measures', '1'],
    },
    {
        'name': 'PM-EXC: the extracts have the events of performance_exceptions',
        'expected': ['stg_providers__exceptions', 'events'],
        'actual': ['performance_exceptions', 'events'],
    },
    {
        'name': 'PM-EXC: events in period are those of sp_performance_measures',
        'expected': ['performance_exceptions', 'events', "scope = 'In period'"],
        'actual': ['sp_performance_measures', 'exceptions'],
    },
    {
        'name': 'CREDIT: the extracts have the money of service_credits',
        'expected': ['stg_providers__service_credits', 'credit_gbp'],
        'actual': ['service_credits', 'credit_gbp'],
    },
    {
        'name': 'CREDIT: the extracts have the points of service_credits',
        'expected': ['stg_providers__service_credits', 'service_points'],
        'actual': ['service_credits', 'service_points'],
    },
    {
        'name': 'CREDIT: the companies of service_credit_months have the money of the month',
        'expected': ['service_credits', 'credit_gbp'],
        'actual': [
            'service_credit_months', 'coalesce(credit_gbp, 0)', 'credit_month = reporting_month'
        ],
    },
] -%}
{%- for measure in ['CPM1', 'CPM2', 'CPM3', 'CPM6', 'CPM7', 'CPM8'] -%}
    {%- do checks.append({
        'name': measure ~ ': the mean times its contributions is the sum of their shown levels',
        'expected': [
            'sp_performance_measures', 'shown_level', "contributes_to = '" ~ measure ~ "'"
        ],
        'actual': [
            'code_performance_measures', 'level * contributions', "measure = '" ~ measure ~ "'"
        ],
    }) -%}
{%- endfor %}

{{ reconcile(checks) }}
