-- Each outage of a Service in a month: where, from when to when, and the events behind it.
-- AVAIL, DOWN, V1 to V5. Set the month and, to look at one alone, the Service.
with

outages as (

    select *
    from {{ ref('int_availability__downtimes') }}
    where
        reporting_month = date '2020-09-01'
        and subject_kind = 'service'
        and extent = 'unplanned'

),

hits as (

    select *
    from {{ ref('int_availability__hits') }}
    where reporting_month = date '2020-09-01' and subject_kind = 'service'

),

listed as (

    select
        outages.subject as service_id,
        outages.region,
        {{ to_local('outages.started_at') }} as started_local,
        {{ to_local('outages.ended_at') }} as ended_local,
        {{ whole_minutes('outages.started_at', 'outages.ended_at') }} as minutes,
        string_agg(
            distinct hits.component_id || ' (' || hits.kind || ')', ', '
            order by hits.component_id || ' (' || hits.kind || ')'
        ) as components
    from outages
    inner join hits
        on
            outages.subject = hits.subject
            and outages.region = hits.region
            and outages.started_at < hits.ended_at
            and outages.ended_at > hits.started_at
    group by outages.subject, outages.region, outages.started_at, outages.ended_at

)

select * from listed
order by started_local, service_id, region
