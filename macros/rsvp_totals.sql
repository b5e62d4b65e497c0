{#
    Rate, speed, volume and payload (S4-S9) of every cell and its totals, summed over what the keys
    leave together: a day each for rsvp_daily, the month for rsvp_monthly.
#}
{% macro rsvp_totals(days, keys) -%}
    {%- set splits = ['srv', 'timing_class', 'device_type'] -%}
    select
        -- keys
        {%- for key in keys + ['business_process'] %}
        {{ key }},
        {%- endfor %}
        {{ split_or_all(splits) }},

        -- volume and payload
        {%- for column in [
            'volume', 'delivery_failures', 'received_successful', 'received_unsuccessful',
            'not_received_successful', 'not_received_unsuccessful', 'responses', 'within_trt',
            'with_trt',
        ] %}
        cast(sum({{ column }}) as bigint) as {{ column }},
        {%- endfor %}

        -- speed; microseconds are whole numbers, divided once
        sum(rtt_us_sum) / nullif(sum(responses), 0) / 1000000 as mean_rtt_seconds,
        min(rtt_us_min) / 1000000 as min_rtt_seconds,
        max(rtt_us_max) / 1000000 as max_rtt_seconds,
        cast(sum(interim_ms_sum) as double) / nullif(sum(interim_requests), 0) / 1000
            as interim_rtt_seconds
    from {{ days }}
    group by {{ (keys + ['business_process']) | join(', ') }}, {{ all_totals(splits) }}
    having {{ is_no_total_twice() }}
{%- endmacro %}
