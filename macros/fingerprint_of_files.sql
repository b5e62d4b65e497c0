{#
    Landed files as inputs.

    fingerprint_of_files()               what a set of them is known by: their content, and the
                                         contract that they landed under
    inputs_by_day(file_days, feed_id)    of each local day, the rows of the feed and what its files
                                         are known by
    recency_in_files(keys)               rank of a row among those of its keys: 1 is that of the
                                         latest file, and of its highest version
#}
{% macro fingerprint_of_files() -%}
    md5(string_agg(concat_ws('/', source_file, sha256, contract_version), ',' order by source_file))
{%- endmacro %}

{% macro inputs_by_day(file_days, feed_id) -%}
select
    reporting_month,
    activity_date as period,
    cast(sum(rows_landed) as bigint) as rows,
    {{ fingerprint_of_files() }} as fingerprint
from {{ file_days }}
where feed_id = '{{ feed_id }}'
group by reporting_month, activity_date
{%- endmacro %}

{% macro recency_in_files(keys) -%}
    row_number() over (
        partition by {{ keys | join(', ') }}
        order by _file_date desc, _version desc, _file desc
    )
{%- endmacro %}
