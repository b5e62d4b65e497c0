{#
    N1: a figure as the report shows it, rounded half away from zero. Statuses, means of levels (C1)
    and comparisons use it.

    shown(x)          two decimals
    shown_share(x)    two decimals; a share below 100 never shows as 100.00, one above 0 never as 0.00
#}
{% macro shown(value) -%}
    round(cast({{ value }} as decimal(18, 9)), 2)
{%- endmacro %}

{% macro shown_share(value) -%}
    case
        when {{ value }} < 100 and {{ shown(value) }} >= 100 then 99.99
        when {{ value }} > 0 and {{ shown(value) }} <= 0 then 0.01
        else {{ shown(value) }}
    end
{%- endmacro %}
