{#
    Availability (V3, V4).

    with_region_totals(relation, keys, minutes, counts)   rows of places, and their total All
    availability_pct(period, planned, unplanned)          percent, unrounded
    holds_in(relation, month)                             reference data that holds in a month
    planned_allowance_minutes()                           planned maintenance allowed in a month
    degraded_below_pct()                                  availability that makes a process Degraded
    process_scope(process, smets, region)                 a place of a process in the register
#}
{# Rows of places with the total of their regions (V4): of minutes the mean, of counts the sum. #}
{% macro with_region_totals(relation, keys, minutes, counts=[]) -%}
select
    {{ keys | join(', ') }},
    region,
    {%- for column in minutes %}
    cast({{ column }} as double) as {{ column }},
    {%- endfor %}
    {%- for column in counts %}
    cast({{ column }} as bigint) as {{ column }},
    {%- endfor %}
    1 as places
from {{ relation }}

union all

select
    {{ keys | join(', ') }},
    'All' as region,
    {%- for column in minutes %}
    cast(sum({{ column }}) as double) / count(*) as {{ column }},
    {%- endfor %}
    {%- for column in counts %}
    cast(sum({{ column }}) as bigint) as {{ column }},
    {%- endfor %}
    count(*) as places
from {{ relation }}
where region <> 'All'
group by {{ keys | join(', ') }}
{%- endmacro %}

{# V3: share of the time that was not planned to be down; null where all of it was. #}
{% macro availability_pct(period_minutes, planned_minutes, unplanned_minutes) -%}
    100.0 * ({{ period_minutes }} - {{ planned_minutes }} - {{ unplanned_minutes }})
    / nullif({{ period_minutes }} - {{ planned_minutes }}, 0)
{%- endmacro %}

{# Planned maintenance allowed in a month (SEC Section H8): six hours. #}
{% macro planned_allowance_minutes() -%}360{%- endmacro %}

{# V6: a process whose shown availability is lower is Degraded. #}
{% macro degraded_below_pct() -%}99.50{%- endmacro %}

{# How the register of issues names a place of a process: `Pre-Payment | SMETS2+ | North`. #}
{% macro process_scope(business_process, smets, region) -%}
    {{ business_process }} || ' | ' || {{ smets }} || ' | ' || {{ region }}
{%- endmacro %}

{# Reference data with the months that it holds for: valid_from, valid_to. #}
{% macro holds_in(relation, month) -%}
    {{ relation }}.valid_from <= {{ month }}
    and coalesce({{ relation }}.valid_to >= {{ month }}, true)
{%- endmacro %}
