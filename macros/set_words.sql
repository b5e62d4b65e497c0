{#
    Words of a query that not every engine has.

    all_but(column, relation)       every column (of a relation) but this; of several DuckDB would not
                                    keep the order, and so not the text by which a view is known
    whole_numbers(start, end)       relation with the column `number`: from start up to, without, end
    each_number(start, end)         a row for each such number, of columns of the row that it is in
    each_part(text, separator)      a row for each part of a text, without blanks around it
    asof_join()                     inner join with the one row whose last compared column comes next
    union_by_name()                 union all by the names of columns; what one side lacks is null
#}
{% macro all_but(column, relation=none) -%}
    {{ adapter.dispatch('all_but', 'pmr')(column, relation) }}
{%- endmacro %}

{% macro duckdb__all_but(column, relation) -%}
    {{ relation ~ '.' if relation }}* exclude ({{ column }})
{%- endmacro %}

{% macro whole_numbers(start, end) -%}
    {{ adapter.dispatch('whole_numbers', 'pmr')(start, end) }}
{%- endmacro %}

{% macro duckdb__whole_numbers(start, end) -%}
    range({{ start }}, {{ end }}) as listed (number)
{%- endmacro %}

{% macro each_number(start, end) -%}
    {{ adapter.dispatch('each_number', 'pmr')(start, end) }}
{%- endmacro %}

{% macro duckdb__each_number(start, end) -%}
    unnest(range({{ start }}, {{ end }}))
{%- endmacro %}

{% macro each_part(text, separator) -%}
    {{ adapter.dispatch('each_part', 'pmr')(text, separator) }}
{%- endmacro %}

{% macro duckdb__each_part(text, separator) -%}
    trim(unnest(string_split({{ text }}, '{{ separator }}')))
{%- endmacro %}

{% macro asof_join() -%}{{ adapter.dispatch('asof_join', 'pmr')() }}{%- endmacro %}

{% macro duckdb__asof_join() -%}
    asof inner join
{%- endmacro %}

{% macro union_by_name() -%}{{ adapter.dispatch('union_by_name', 'pmr')() }}{%- endmacro %}

{% macro duckdb__union_by_name() -%}
    union all by name
{%- endmacro %}
