-- The hubs of the month that became installed, and of which neither an 8.14.1 nor an 8.14.2
-- succeeded by the extract point (O6).
with

outcomes as (

    select * from {{ ref('int_installs__hub_outcomes') }}

)

select
    activity_date,
    hub_id,
    region
from outcomes
where
    reporting_month = date '2020-09-01'
    and outcome = 'awaiting'
order by activity_date asc, hub_id asc
