{#
    Checks of a reconciliation in long form: reporting_month, check_name, side, amount.

    Each check is a name and two sides; a side is a relation with a reporting month, the amount that
    is summed over its rows, and the rows that count. A side without a row counts as nought.

    reconcile([{'name': …, 'expected': ['model', 'amount', 'condition'], 'actual': […]}, …])
#}
{% macro reconcile(checks) -%}
with

{% for check in checks -%}
{%- set outer = loop -%}
{% for side in ['expected', 'actual'] -%}
{{ side }}_{{ outer.index }} as (

    select
        reporting_month,
        '{{ check.name | replace("'", "''") }}' as check_name,
        '{{ side }}' as side,
        {{ order_free_sum(check[side][1]) }} as amount
    from {{ ref(check[side][0]) }}
    where {{ check[side][2] if check[side] | length > 2 else 'true' }}
    group by reporting_month

),

{% endfor -%}
{%- endfor -%}
sides as (
{% for check in checks %}
    select * from expected_{{ loop.index }}
    union all
    select * from actual_{{ loop.index }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
)

select * from sides
{%- endmacro %}
