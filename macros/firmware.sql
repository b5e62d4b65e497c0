{#
    Firmware (O8): how long an acknowledged image may take to be verified, 120 hours that really
    pass, in microseconds.
#}
{% macro verification_microseconds() -%}
    432000000000
{%- endmacro %}
