{#
    No key comes in the files of two days. Cheap on tens of millions of rows: what starts at one
    moment lies on one activity date, so of two such rows one is beside the day of its file, and
    few rows are.
#}
{% test key_in_one_file(model, key) %}

select
    {{ key }},
    activity_date,
    min(extract_date) as first_file,
    max(extract_date) as last_file
from {{ model }}
where {{ key }} in (select {{ key }} from {{ model }} where extract_date <> activity_date)
group by {{ key }}, activity_date
having min(extract_date) <> max(extract_date)

{% endtest %}
