{#
    What a set of landed files is known by: their content, and the contract they landed under.
#}
{% macro fingerprint_of_files() -%}
    md5(string_agg(concat_ws('/', source_file, sha256, contract_version), ',' order by source_file))
{%- endmacro %}
