{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

{%- set all_together = (
    "srv = 'All' and timing_class = 'All' and smets = 'All' and device_type = 'All'"
) -%}
{%- set total_of_measure = "srv = 'All' and smets = 'All' and device_type = 'All'" -%}
{%- set checks = [
    {
        'name': 'A9: requests landed are the rows of fct_service_requests',
        'expected': ['reconciliation__request_days', 'landed_by_manifest'],
        'actual': ['reconciliation__request_days', 'landed'],
    },
    {
        'name': 'A9: requests landed are reported or in flight',
        'expected': ['reconciliation__request_days', 'landed_by_manifest'],
        'actual': ['reconciliation__request_days', 'reported_or_in_flight'],
    },
    {
        'name': 'A9: requests reported are attributed or Unattributed',
        'expected': ['reconciliation__request_days', 'reported'],
        'actual': ['reconciliation__request_days', 'attributed_or_not'],
    },
    {
        'name': 'A9: days on which all of this holds',
        'expected': ['reconciliation__request_days', '1'],
        'actual': ['reconciliation__request_days', '1', 'is_conserved'],
    },
    {
        'name': 'A9: days, SRVs and regions in which it holds, up to rsvp_daily',
        'expected': ['reconciliation__request_places', '1'],
        'actual': ['reconciliation__request_places', '1', 'is_conserved'],
    },
    {
        'name': 'A9: requests reported in the period are the volume of rsvp_daily',
        'expected': ['int_requests__counted_in_period', 'reported'],
        'actual': ['rsvp_daily', 'volume', all_together],
    },
    {
        'name': 'A9: requests reported in the period are the volume of rsvp_monthly',
        'expected': ['int_requests__counted_in_period', 'reported'],
        'actual': ['rsvp_monthly', 'volume', all_together],
    },
    {
        'name': 'pmr_measures: RSVP-M4 has the volume of rsvp_monthly',
        'expected': ['rsvp_monthly', 'volume', all_together],
        'actual': [
            'pmr_measures', 'coalesce(value, 0)', "measure_id = 'RSVP-M4' and " ~ total_of_measure
        ],
    },
    {
        'name': 'pmr_measures: RSVP-M4 by SRV has the volume of rsvp_monthly',
        'expected': ['rsvp_monthly', 'volume', all_together],
        'actual': [
            'pmr_measures',
            'coalesce(value, 0)',
            "measure_id = 'RSVP-M4' and srv <> 'All' and smets = 'All' and device_type = 'All'",
        ],
    },
    {
        'name': 'pmr_measures: RSVP-M3 has the requests within target of rsvp_monthly',
        'expected': [
            'rsvp_monthly', 'within_trt', all_together ~ " and business_process <> 'Unattributed'"
        ],
        'actual': ['pmr_measures', 'numerator', "measure_id = 'RSVP-M3' and " ~ total_of_measure],
    },
    {
        'name': 'S5: the four categories add up to the volume',
        'expected': ['rsvp_monthly', 'volume', all_together],
        'actual': [
            'rsvp_monthly',
            'received_successful + received_unsuccessful + not_received_successful '
            ~ '+ not_received_unsuccessful',
            all_together,
        ],
    },
] %}

{{ reconcile(checks) }}
