-- The Incidents that CPM5 counted and that were not resolved in time, the longest first.
with

incidents as (

    select * from {{ ref('fct_incidents') }}

)

select
    incident_id,
    category,
    smets,
    responsible_party,
    resolver_group,
    issue_type,
    raised_at,
    restored_at,
    resolved_at,
    resolution_hours
from incidents
where
    reporting_month = date '2020-09-01'
    and is_counted
    and category >= 3
    and not within_resolution_target
order by resolution_hours desc nulls first
