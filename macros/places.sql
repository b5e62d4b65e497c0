{#
    The places, SMETS generation and region, that something has: mostly one, seldom several.

    list_of_places()            aggregate: the places of the rows of a group
    each_place(places)          a row for each place of such a list
    place_part(place, part)     smets or region of a place
#}
{% macro list_of_places() -%}{{ adapter.dispatch('list_of_places', 'pmr')() }}{%- endmacro %}

{% macro duckdb__list_of_places() -%}
    list(struct_pack(smets := smets, region := region) order by smets, region)
{%- endmacro %}

{% macro each_place(places) -%}{{ adapter.dispatch('each_place', 'pmr')(places) }}{%- endmacro %}

{% macro duckdb__each_place(places) -%}
    unnest({{ places }})
{%- endmacro %}

{% macro place_part(place, part) -%}
    {{ adapter.dispatch('place_part', 'pmr')(place, part) }}
{%- endmacro %}

{% macro duckdb__place_part(place, part) -%}
    struct_extract({{ place }}, '{{ part }}')
{%- endmacro %}
