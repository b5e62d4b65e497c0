{%- set counts = [
    'requested', 'acknowledged', 'verified', 'verification_failed', 'in_progress', 'silent',
    'activations', 'activations_succeeded',
] -%}
with

parts as (

    select * from {{ ref('int_firmware__parts') }}

),

-- Of a mart without generations: what has no region of its own, SMETS1, counts in All alone.
totals as (

    select
        {% for column in counts %}
            cast(sum({{ column }}) as bigint) as {{ column }},
        {% endfor %}
        count(distinct received) as hans_received,
        reporting_month,
        case when grouping(device_type) = 1 then 'All' else device_type end as device_type,
        case when grouping(region) = 1 then 'All' else region end as region
    from parts
    group by reporting_month, cube(device_type), rollup(region)
    having {{ is_no_total_twice() }}

)

select * from totals
