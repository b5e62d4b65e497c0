{#
    In every cell (the columns of `cells`), `total` over the rows of the model equals `to_total` over
    the rows of `to`, to a millionth: a cell that only one side has is a difference too. Both are SQL
    aggregates; `rows` and `to_rows` say which rows. Other than `adds_up`, differences of two cells
    cannot make up for each other.
#}
{% test agrees_by_cell(model, cells, total, to, to_total, rows='true', to_rows='true') %}
with

parts as (

    select
        {{ cells | join(', ') }},
        {{ total }} as total
    from {{ model }}
    where {{ rows }}
    group by {{ cells | join(', ') }}

),

wholes as (

    select
        {{ cells | join(', ') }},
        {{ to_total }} as total
    from {{ to }}
    where ({{ to_rows }}) and reporting_month = {{ reporting_month() }}
    group by {{ cells | join(', ') }}

)

select
    {% for cell in cells %}
    coalesce(parts.{{ cell }}, wholes.{{ cell }}) as {{ cell }},
    {% endfor %}
    parts.total as actual,
    wholes.total as expected
from parts
full outer join wholes
    on
        {% for cell in cells %}
        parts.{{ cell }} = wholes.{{ cell }}{{ ' and' if not loop.last }}
        {% endfor %}
where not coalesce(abs(parts.total - wholes.total) < 0.000001, false)

{% endtest %}
