{#
    Sums and means of doubles that come out the same in every run: a sum of doubles depends on the
    order in which the threads bring them, a sum of decimals does not.

    order_free_sum(value)                 double
    order_free_mean(value, condition)     double; over the rows that meet the condition
#}
{% macro order_free_sum(value) -%}
    cast(sum(cast({{ value }} as decimal(38, 12))) as double)
{%- endmacro %}

{% macro order_free_mean(value, condition='true') -%}
    avg(cast({{ value }} as decimal(38, 15))) filter (where {{ condition }})
{%- endmacro %}
