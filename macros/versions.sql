{#
    Versions of firmware (O12).

    version_order(version)      sortable by the numbers of a version: 4.9.1 comes before 4.10.0
#}
{% macro version_order(version) -%}
    {{ adapter.dispatch('version_order', 'pmr')(version) }}
{%- endmacro %}

{# Each part of a version, filled up with noughts in front; letters, as of hexadecimal ones, too. #}
{% macro duckdb__version_order(version) -%}
    list_transform(
        string_split_regex(upper({{ version }}), '[^0-9A-Z]+'), lambda part: lpad(part, 20, '0')
    )
{%- endmacro %}
