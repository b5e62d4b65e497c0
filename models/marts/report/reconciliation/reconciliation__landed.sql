{{
    config(materialized='view', schema='intermediate', contract={'enforced': false})
}}

{%- set all_kept = "feed || ': every row read is landed or quarantined'" -%}
{%- set all_listed = "feed || ': every quarantined row is listed'" %}

with

files as (

    select * from {{ ref('int_feeds__files_by_month') }}
    where is_current

),

quarantine as (

    select
        source_file,
        count(*) as rows_listed
    from {{ ref('stg_landing__quarantine') }}
    group by source_file

),

summed as (

    select
        files.reporting_month,
        files.system || '/' || files.feed as feed,
        cast(sum(files.rows_read) as double) as rows_read,
        cast(sum(files.rows_landed + files.rows_quarantined) as double) as rows_kept,
        cast(sum(files.rows_quarantined) as double) as rows_quarantined,
        cast(sum(coalesce(quarantine.rows_listed, 0)) as double) as rows_listed
    from files
    left join quarantine on files.source_file = quarantine.source_file
    group by files.reporting_month, files.system, files.feed

),

sides as (
{% for check, side, amount in [
    (all_kept, 'expected', 'rows_read'),
    (all_kept, 'actual', 'rows_kept'),
    (all_listed, 'expected', 'rows_quarantined'),
    (all_listed, 'actual', 'rows_listed'),
] %}
    select
        reporting_month,
        {{ check }} as check_name,
        '{{ side }}' as side,
        {{ amount }} as amount
    from summed
    {% if not loop.last %}union all{% endif %}
{% endfor %}
)

select * from sides
