with

figures as (

    select * from {{ ref('int_traffic__incident_figures') }}

),

final as (

    select
        -- keys
        reporting_month,
        incident_id,
        region,

        -- the incident
        category,
        started_at,
        ended_at,
        hours,

        -- installs in its hours against the norm (O10)
        installs,
        installs_norm,
        100 * {{ deviation('installs', 'installs_norm') }} as installs_deviation_pct,
        {{ norm_state('installs_norm') }} as installs_state,

        -- requests in its hours against the norm (O10)
        requests,
        requests_norm,
        100 * {{ deviation('requests', 'requests_norm') }} as requests_deviation_pct,
        {{ norm_state('requests_norm') }} as requests_state
    from figures

)

select * from final
