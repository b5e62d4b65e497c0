{# `Category 3` of a category, or All. #}
{% macro category_label(category) -%}
    case when {{ category }} = 'All' then 'All' else 'Category ' || {{ category }} end
{%- endmacro %}
