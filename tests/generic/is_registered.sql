{# Every row's columns together are a row of the register: a seed or model with the same names. #}
{% test is_registered(model, columns, register) %}

with

rows_tested as (

    select * from {{ model }}

),

register as (

    select * from {{ register }}

)

select rows_tested.*
from rows_tested
where not exists (
    select 1
    from register
    where
        true
        {% for column in columns -%}
        and register.{{ column }} = rows_tested.{{ column }}
        {% endfor -%}
)

{% endtest %}
