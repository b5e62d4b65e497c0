{#
    Changes of supplier (O1, O2).

    supplier_change_counts()                 counts of a cell, summed from those of its days
    supplier_change_age_band(since, until)   how long something has been open, from one UTC timestamp
                                             to another; days are local: one of 25 hours is one (T2)
#}
{% macro supplier_change_counts() -%}
    {%- for column in [
        'attempts', 'succeeded', 'succeeded_by_inference', 'failed', 'user_caused',
    ] -%}
    cast(sum({{ column }}) as bigint) as {{ column }}{{ ',\n        ' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro supplier_change_age_band(since, until) -%}
    case
        when {{ to_local(since) }} > {{ to_local(until) }} - interval 7 day then 'Under 7 days'
        when {{ to_local(since) }} >= {{ to_local(until) }} - interval 30 day then '7 to 30 days'
        else 'Over 30 days'
    end
{%- endmacro %}
