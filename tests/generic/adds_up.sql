{#
    Month by month, `total` over the rows of the model equals `to_total` over the rows of `to`: rows
    out are rows in. Both are SQL aggregates that give whole numbers; `rows` and `to_rows` say which
    rows. Where the test looks at the month of the run alone, so does the other side.
#}
{% test adds_up(model, total, to, to_total, rows='true', to_rows='true') %}
{%- set of_the_run = '__reporting_month__' in (config.get('where') or '') -%}
with

parts as (

    select
        reporting_month,
        cast({{ total }} as bigint) as total
    from {{ model }}
    where {{ rows }}
    group by reporting_month

),

wholes as (

    select
        reporting_month,
        cast({{ to_total }} as bigint) as total
    from {{ to }}
    where
        ({{ to_rows }})
        {% if of_the_run %}and reporting_month = {{ reporting_month() }}{% endif %}
    group by reporting_month

)

select
    coalesce(parts.reporting_month, wholes.reporting_month) as reporting_month,
    coalesce(parts.total, 0) as actual,
    coalesce(wholes.total, 0) as expected
from parts
full outer join wholes on parts.reporting_month = wholes.reporting_month
where coalesce(parts.total, 0) <> coalesce(wholes.total, 0)

{% endtest %}
