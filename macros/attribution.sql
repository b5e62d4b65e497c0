{#
    Conditions of the rules of attribution (seed attribution_rules), and the situation of a request:
    one number that says which of them hold, each condition being a power of two. So a request meets
    its rule by one join on SRV and situation.

    attribution_conditions()   name of each condition, in the order of its power
    situation(conditions)      the number, from SQL for each condition by its name
#}
{% macro attribution_conditions() -%}
    {{ return([
        'not_applicable_to_smets1',
        'device_commissioned_that_day',
        'hub_commissioned_that_day',
        'supplier_changed_that_day',
        'from_network_operator',
    ]) }}
{%- endmacro %}

{% macro situation(conditions) -%}
    {%- set terms = [] -%}
    {%- for name in attribution_conditions() -%}
        {%- do terms.append('case when ' ~ conditions[name] ~ ' then ' ~ 2 ** loop.index0 ~ ' else 0 end') -%}
    {%- endfor -%}
    {{ terms | join(' + ') }}
{%- endmacro %}
