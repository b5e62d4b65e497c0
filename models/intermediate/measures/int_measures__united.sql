{#- The families; of each, what it gives of itself beyond the columns that all of them have. -#}
{%- set families = {
    'int_measures__alert_deliveries': [],
    'int_measures__alerts': [],
    'int_measures__availability': [],
    'int_measures__change_of_supplier': [],
    'int_measures__change_of_supplier_open': [],
    'int_measures__code_performance': [],
    'int_measures__credits': [],
    'int_measures__defects': [],
    'int_measures__estate': [],
    'int_measures__degradation': [],
    'int_measures__detected_outages': [],
    'int_measures__exceptions': [],
    'int_measures__firmware': [],
    'int_measures__hub_firmware': [],
    'int_measures__incident_ageing': [],
    'int_measures__incident_exclusions': [],
    'int_measures__incident_levels': [],
    'int_measures__incident_resolution': [],
    'int_measures__incidents_major': [],
    'int_measures__incidents_reopened': [],
    'int_measures__information': [],
    'int_measures__payment_modes': [],
    'int_measures__install_outcomes': [],
    'int_measures__installs': [],
    'int_measures__install_times': [],
    'int_measures__iterations': [],
    'int_measures__leagues': [],
    'int_measures__meter_reads': [],
    'int_measures__party_days': [],
    'int_measures__problems': [],
    'int_measures__process_availability': [],
    'int_measures__provider_volumes': [],
    'int_measures__reliability': [],
    'int_measures__request_shares': [],
    'int_measures__request_speeds': [],
    'int_measures__request_volumes': [],
    'int_measures__service_providers': ['unit', 'direction', 'formula'],
    'int_measures__top_ups': [],
    'int_measures__throttling': [],
    'int_measures__timeliness': [],
    'int_measures__awaited': [],
} -%}

with

united as (

    {{ union_families(families) }}

)

select * from united
