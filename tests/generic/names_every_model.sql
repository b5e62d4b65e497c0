{#
    The column names models, and names all of them: every value is a model of the project that
    begins with `prefix`, and every such model stands in the column. `besides`: models of that prefix
    that hold the machinery and are no family.
#}
{% test names_every_model(model, column_name, prefix, besides=[]) %}
{%- set found = [] -%}
{%- if execute -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' -%}
        {%- if node.name.startswith(prefix) and node.name not in besides -%}
            {%- do found.append(node.name) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endif %}

with

existing as (

    {% for name in found -%}
    select '{{ name }}' as model_name
    {% if not loop.last %}union all
    {% endif %}
    {%- else -%}
    select cast(null as varchar) as model_name
    where false
    {%- endfor %}

),

named as (

    select {{ column_name }} as model_name
    from {{ model }}
    group by {{ column_name }}

)

select
    'registered without a model' as finding,
    named.model_name
from named
left join existing on named.model_name = existing.model_name
where existing.model_name is null

union all

select
    'a model without a registered measure' as finding,
    existing.model_name
from existing
left join named on existing.model_name = named.model_name
where named.model_name is null

{% endtest %}
