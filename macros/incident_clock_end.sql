{#
    I1: the end of an incident's resolution clock, by the var `incident_clock_end`:
    `restored_or_resolved` (the earlier of the two) or `resolved`. Null while there is no end.
#}
{% macro incident_clock_end(restored_at, resolved_at) -%}
    {%- set end = var('incident_clock_end') -%}
    {%- if end == 'restored_or_resolved' -%}
        {{ earliest(restored_at, resolved_at) }}
    {%- elif end == 'resolved' -%}
        {{ resolved_at }}
    {%- else -%}
        {{ exceptions.raise_compiler_error(
            "var incident_clock_end is '" ~ end ~ "'; use restored_or_resolved or resolved (I1)"
        ) }}
    {%- endif -%}
{%- endmacro %}
