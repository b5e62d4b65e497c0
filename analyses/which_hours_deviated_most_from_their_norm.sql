-- The hours of the month that had least of the requests to be expected, and the incidents that
-- lasted into them (IC2). An hour without a norm has no history, and is not among them.
with

hours as (

    select * from {{ ref('service_degradation') }}

)

select
    region,
    {{ to_local('started_at') }} as local_started_at,
    requests,
    requests_norm,
    requests_deviation,
    installs,
    installs_norm,
    incident_ids
from hours
where
    reporting_month = date '2020-09-01'
    and requests_state = 'compared'
order by requests_deviation asc, requests_norm desc, region asc, started_at asc
limit 50
