{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

{%- set staged = {
    'providers/service_levels': 'stg_providers__service_levels',
    'providers/exceptions': 'stg_providers__exceptions',
    'providers/service_credits': 'stg_providers__service_credits',
    'dcc/assessments': 'stg_dcc__assessments',
    'dsms/incidents': 'stg_dsms__incidents',
    'dsms/incident_actions': 'stg_dsms__incident_actions',
    'dsms/problems': 'stg_dsms__problems',
} -%}
{%- set checks = [] -%}
{%- for feed, model in staged.items() -%}
    {%- set system, name = feed.split('/') -%}
    {%- do checks.append({
        'name': feed ~ ': every landed row is staged',
        'expected': [
            'int_feeds__files_by_month',
            'rows_landed',
            "is_current and system = '" ~ system ~ "' and feed = '" ~ name ~ "'",
        ],
        'actual': [model, '1'],
    }) -%}
{%- endfor %}

{{ reconcile(checks) }}
