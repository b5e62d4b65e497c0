{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

{%- set checks = [
    {
        'name': 'I2: Incidents counted are those that incident_resolution has closed',
        'expected': ['fct_incidents', '1', 'is_counted'],
        'actual': ['incident_resolution', 'closed', "category = 'All' and smets = 'All'"],
    },
    {
        'name': 'I6: Incidents counted are those that the register of issues will hold',
        'expected': ['fct_incidents', '1', 'is_counted'],
        'actual': ['incidents_reported', '1'],
    },
    {
        'name': 'I5: Incidents open at the extract point are those of incidents_aged',
        'expected': ['fct_incidents', '1', 'is_open_at_extract'],
        'actual': ['incidents_aged', 'incidents', "category = 'All'"],
    },
    {
        'name': 'I5: aged Incidents add up over the categories',
        'expected': ['incidents_aged', 'incidents', "category = 'All'"],
        'actual': ['incidents_aged', 'incidents', "category <> 'All'"],
    },
    {
        'name': 'I5: aged Incidents by type are those by month',
        'expected': ['incidents_aged', 'incidents', "category = 'All'"],
        'actual': ['incidents_aged_reasons', 'incidents'],
    },
    {
        'name': 'I7: Incidents with a listed reason are those of incident_exclusions',
        'expected': ['fct_incidents', '1', 'is_ended_in_month and pmel_reason is not null'],
        'actual': ['incident_exclusions', 'incidents'],
    },
    {
        'name': 'I7: Major Incidents counted are the denominator of CPM4',
        'expected': ['major_incidents', '1', 'counted'],
        'actual': ['code_performance_measures', 'coalesce(denominator, 0)', "measure = 'CPM4'"],
    },
    {
        'name': 'PROB: problem records add up to problem_months',
        'expected': ['problem_records', '1'],
        'actual': ['problem_months', 'related'],
    },
] -%}
{%- for column in ['raised', 'closed_before_exclusions', 'closed', 'resolved_not_closed'] -%}
    {%- do checks.append({
        'name': 'CPM5-C: ' ~ column ~ ' adds up over the categories',
        'expected': ['incident_resolution', column, "category = 'All' and smets = 'All'"],
        'actual': ['incident_resolution', column, "category <> 'All' and smets = 'All'"],
    }) -%}
{%- endfor -%}
{%- for measure, categories in {'CPM4': "('1', '2')", 'CPM5': "('3', '4', '5')"}.items() -%}
    {%- for part, column in {
        'denominator': 'closed', 'numerator': 'within_resolution_target'
    }.items() -%}
        {%- do checks.append({
            'name': measure ~ ': ' ~ part ~ ' is that of its categories in incident_resolution',
            'expected': [
                'incident_resolution', column, "smets = 'All' and category in " ~ categories
            ],
            'actual': [
                'code_performance_measures',
                'coalesce(' ~ part ~ ', 0)',
                "measure = '" ~ measure ~ "'",
            ],
        }) -%}
    {%- endfor -%}
{%- endfor %}

{{ reconcile(checks) }}
