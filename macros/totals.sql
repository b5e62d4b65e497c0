{#
    Totals as rows: each split is a value or All, independently; smets and region together are
    (value, value), (value, All) or (All, All). The columns themselves are never null.

    split_or_all(splits)     the splits, smets and region as columns, All where they are summed over
    all_totals(splits)       what to group by
    is_no_total_twice()      what a group has to fulfil: SMETS1 has the region All, and so its
                             own row is its generation's
    is_before_extract(day, extract_at)   whether a local day lies before the extract point (T2)
    days_in_period(days, periods)        rows of local days, of which those of the periods
    why_request_is_out(requests, periods)   why a request counts in nothing (S1, T2); null where it
                                            does count
#}
{% macro split_or_all(splits) -%}
    {%- for column in splits + ['smets', 'region'] -%}
    case when grouping({{ column }}) = 1 then 'All' else {{ column }} end as {{ column }}
    {{- ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{% macro all_totals(splits) -%}
    {%- if splits -%}
    cube ({{ splits | join(', ') }}),
    {% endif -%}
    rollup (smets, region)
{%- endmacro %}

{% macro is_no_total_twice() -%}
    not (grouping(region) = 0 and region = 'All')
{%- endmacro %}

{% macro is_before_extract(day, extract_at) -%}
    {{ day }} < cast({{ to_local(extract_at) }} as date)
{%- endmacro %}

{% macro days_in_period(days, periods='periods') -%}
select {{ days }}.*
from {{ days }}
inner join {{ periods }} on {{ days }}.reporting_month = {{ periods }}.reporting_month
where {{ is_before_extract(days ~ '.activity_date', periods ~ '.extract_at') }}
{%- endmacro %}

{% macro why_request_is_out(requests, periods) -%}
    case
        when not {{ requests }}.is_reported then 'In flight'
        when not {{ is_before_extract(requests ~ '.activity_date', periods ~ '.extract_at') }}
            then 'After the extract point'
    end
{%- endmacro %}
