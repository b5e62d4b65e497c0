{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

{%- set checks = [
    {
        'name': 'pmr_measures: INC-PMEL has the Incidents of incident_exclusions',
        'expected': ['incident_exclusions', 'incidents'],
        'actual': ['pmr_measures', 'value', "measure_id = 'INC-PMEL' and scope = 'All'"],
    },
    {
        'name': 'pmr_measures: INC-AGE has the Incidents of incidents_aged',
        'expected': ['incidents_aged', 'incidents', "category <> 'All'"],
        'actual': [
            'pmr_measures', 'value', "measure_id = 'INC-AGE' and scope like '% | All | All'"
        ],
    },
] -%}
{%- for column, measure in {
    'related': 'PROB-RELATED', 'closed_in_period': 'PROB-CLOSED', 'still_open': 'PROB-OPEN'
}.items() -%}
    {%- do checks.append({
        'name': 'pmr_measures: ' ~ measure ~ ' has the records of problem_months',
        'expected': ['problem_months', column],
        'actual': ['pmr_measures', 'value', "measure_id = '" ~ measure ~ "'"],
    }) -%}
{%- endfor %}

{{ reconcile(checks) }}
