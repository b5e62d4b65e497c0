{#
    The places, SMETS generation and region, that something has: mostly one, seldom several.

    list_of_places()            aggregate: the places of the rows of a group
    each_place(places)          a row for each place of such a list, in the columns smets and region
#}
{% macro list_of_places() -%}{{ adapter.dispatch('list_of_places', 'pmr')() }}{%- endmacro %}

{% macro duckdb__list_of_places() -%}
    {#- Sorted as a list: an aggregate that sorts costs ten times as much. -#}
    list_sort(list(struct_pack(smets := smets, region := region)))
{%- endmacro %}

{% macro each_place(places) -%}{{ adapter.dispatch('each_place', 'pmr')(places) }}{%- endmacro %}

{% macro duckdb__each_place(places) -%}
    unnest({{ places }}, max_depth := 2)
{%- endmacro %}
