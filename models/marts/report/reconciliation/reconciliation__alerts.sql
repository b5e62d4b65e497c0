{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

{%- set checks = [
    {
        'name': 'R1-ALERT: alerts landed are the rows behind alert_legs',
        'expected': ['int_feeds__file_days', 'rows_landed', "feed_id = 'dsp/alerts'"],
        'actual': ['int_alerts__days', 'alert_rows'],
    },
    {
        'name': 'R1-ALERT: alerts of the period are those of alert_legs',
        'expected': ['int_alerts__days_in_period', 'alerts'],
        'actual': ['alert_legs', 'alerts', "alert_code = 'All' and smets = 'All'"],
    },
    {
        'name': 'pmr_measures: R1-ALERT has the alerts of alert_legs',
        'expected': ['alert_legs', 'alerts', "alert_code = 'All' and smets = 'All'"],
        'actual': [
            'pmr_measures',
            'coalesce(value, 0)',
            "measure_id = 'R1-ALERT' and scope = 'All' and smets = 'All'",
        ],
    },
] %}

{{ reconcile(checks) }}
