with

hours as (

    select * from {{ ref('int_traffic__hours') }}

),

incident_hours as (

    select * from {{ ref('int_traffic__incident_hours') }}

),

incidents as (

    select
        reporting_month,
        hour_started_at,
        region,
        string_agg(incident_id, '|' order by incident_id) as incident_ids
    from incident_hours
    group by reporting_month, hour_started_at, region

),

final as (

    select
        -- keys
        hours.reporting_month,
        hours.hour_started_at as started_at,
        hours.region,

        -- installs (O5) against the norm (O10)
        case when hours.has_installs then hours.installs end as installs,
        case when hours.has_installs then hours.installs_norm end as installs_norm,
        case
            when hours.has_installs
                then {{ deviation('hours.installs', 'hours.installs_norm') }}
        end as installs_deviation,
        case
            when not hours.has_installs then 'Not Reported'
            else {{ norm_state('hours.installs_norm') }}
        end as installs_state,

        -- requests against the norm (O10)
        hours.requests,
        hours.requests_norm,
        {{ deviation('hours.requests', 'hours.requests_norm') }} as requests_deviation,
        {{ norm_state('hours.requests_norm') }} as requests_state,

        -- what else is known of the hour
        hours.activity_date,
        cast(hours.weeks as bigint) as weeks,
        incidents.incident_ids
    from hours
    left join incidents
        on
            hours.reporting_month = incidents.reporting_month
            and hours.hour_started_at = incidents.hour_started_at
            and hours.region = incidents.region

)

select * from final
