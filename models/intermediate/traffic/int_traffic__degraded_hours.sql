with

hours as (

    select * from {{ ref('int_traffic__incident_hours') }}
    where region = 'All'

),

-- An hour counts once, however many incidents lasted into it.
hit as (

    select
        reporting_month,
        hour_started_at,
        requests,
        requests_norm,
        case when has_installs then installs end as installs,
        case when has_installs then installs_norm end as installs_norm
    from hours
    group by
        reporting_month, hour_started_at, requests, requests_norm, installs, installs_norm,
        has_installs

)

select * from hit
