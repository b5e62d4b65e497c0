{#
    Data tests of marts look at the month of this run alone, so that their cost does not grow with
    history: `dbt_project.yml` gives them `where: "reporting_month = __reporting_month__"`, and the
    placeholder becomes the month here (YAML cannot call the project's macros).
#}
{% macro get_where_subquery(relation) -%}
    {%- set where = config.get('where') -%}
    {%- if where -%}
        {%- set condition = where | replace('__reporting_month__', reporting_month()) -%}
        (select * from {{ relation }} where {{ condition }}) as tested
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}
