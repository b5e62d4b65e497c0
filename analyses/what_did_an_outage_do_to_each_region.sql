-- Requests that started while the North was down on 7 September 2020, and how many were answered.
with

requests as (

    select * from {{ ref('fct_service_requests') }}

)

select
    smets,
    region,
    count(*) as requests,
    count(*) filter (where response_sent_at is not null) as answered,
    count(*) filter (where delivery_failed) as not_delivered
from requests
where
    is_reported
    and started_at >= timestamp '2020-09-07 14:25:00'
    and started_at < timestamp '2020-09-07 15:58:00'
group by smets, region
order by smets, region
