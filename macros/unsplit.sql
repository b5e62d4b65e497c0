{#
    The columns of a measure's cell that this measure is not split by, as `All`. A family model
    names the columns that it does fill: unsplit(except=['smets']).
#}
{% macro unsplit(except=[]) -%}
    {%- set splits = ['business_process', 'srv', 'smets', 'region', 'device_type'] -%}
    {%- for split in splits if split not in except -%}
    'All' as {{ split }}{{ ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
