-- Extracts of a month that were late or are missing, whoever answers for them, with the day due.
with

parts as (

    select * from {{ ref('feed_timeliness') }}

)

select
    system,
    feed,
    part,
    owner,
    due_on,
    due_working_day,
    first_landed_at,
    state,
    periods_landed,
    periods_expected,
    refused_files
from parts
where reporting_month = date '2020-09-01' and state in ('late', 'missing')
order by due_on, system, feed, part
