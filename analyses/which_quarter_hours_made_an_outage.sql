-- The quarter-hours of each detected outage, with what was started and what was expected (OUT-DET).
with

outages as (

    select * from {{ ref('detected_outages') }}

),

quarters as (

    select * from {{ ref('int_outages__quarters') }}

)

select
    outages.region,
    {{ to_local('outages.started_at') }} as local_outage_started_at,
    {{ to_local('quarters.quarter_started_at') }} as local_quarter_started_at,
    quarters.requests,
    quarters.requests_norm,
    outages.recorded_event_ids,
    outages.incident_ids,
    outages.has_commentary
from outages
inner join quarters
    on
        outages.reporting_month = quarters.reporting_month
        and outages.region = quarters.region
        and outages.started_at <= quarters.quarter_started_at
        and outages.ended_at > quarters.quarter_started_at
where outages.reporting_month = date '2020-09-01'
order by
    outages.region asc, outages.started_at asc, quarters.quarter_started_at asc
