{#
    The measures of a family, each a row of every row of its figures.

    each_measure(figures, measures, keys, columns)

    figures     relation with reporting_month, the keys, and what the measures are made of
    measures    {'PP1': ['succeeded', 'attempts', 'has_requests'], …}: of each measure what it has in
                the columns, as SQL of the figures
    keys        what goes with each row as it is
    columns     names of these columns; of one that is called `condition`, the rows that have the
                measure
#}
{% macro each_measure(figures, measures, keys, columns) -%}
    {%- for measure, expressions in measures.items() %}
    select
        reporting_month,
        '{{ measure }}' as measure_id,
        {{ keys | join(', ') }}
        {%- for column in columns if column != 'condition' %},
        {{ expressions[columns.index(column)] }} as {{ column }}
        {%- endfor %}
    from {{ figures }}
    {%- if 'condition' in columns %}
    where {{ expressions[columns.index('condition')] }}
    {%- endif %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
