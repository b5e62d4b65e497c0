{#
    The places, SMETS generation and region, that something has: mostly one, seldom several. One
    number holds them, a bit for each, since a list for each of millions of groups costs five times
    as much.

    bit_of(number)              the number that has this bit alone (from 0)
    bits_of(column)             aggregate: the bits of the rows of a group
    places_of(bits, places)     the places of such a number as a list; `places` is a relation that has
                                for each place smets, region and place_bit
    each_place(list)            a row for each place of such a list, in the columns smets and region
#}
{% macro bit_of(number) -%}{{ adapter.dispatch('bit_of', 'pmr')(number) }}{%- endmacro %}

{% macro duckdb__bit_of(number) -%}
    1::bigint << cast({{ number }} as integer)
{%- endmacro %}

{% macro bits_of(column) -%}{{ adapter.dispatch('bits_of', 'pmr')(column) }}{%- endmacro %}

{% macro duckdb__bits_of(column) -%}
    bit_or({{ column }})
{%- endmacro %}

{% macro places_of(bits, places) -%}
    {{ adapter.dispatch('places_of', 'pmr')(bits, places) }}
{%- endmacro %}

{% macro duckdb__places_of(bits, places) -%}
    list_transform(
        list_filter(
            (select list_sort(list(places)) from {{ places }} as places),
            lambda place: {{ bits }} & place.place_bit <> 0
        ),
        lambda place: {'smets': place.smets, 'region': place.region}
    )
{%- endmacro %}

{% macro each_place(places) -%}{{ adapter.dispatch('each_place', 'pmr')(places) }}{%- endmacro %}

{% macro duckdb__each_place(places) -%}
    unnest({{ places }}, max_depth := 2)
{%- endmacro %}
