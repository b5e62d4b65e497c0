{# Every row's columns together are a row of the register (a seed or a model, under the same names). #}
{% test is_registered(model, columns, register) %}

select tested.*
from {{ model }} as tested
where not exists (
    select 1
    from {{ register }} as registered
    where
        true
        {% for column in columns -%}
        and registered.{{ column }} = tested.{{ column }}
        {% endfor -%}
)

{% endtest %}
