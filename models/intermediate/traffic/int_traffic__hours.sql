with

quarters as (

    select * from {{ ref('int_traffic__norms') }}
    where is_in_period

),

summed as (

    select
        -- keys
        reporting_month,
        activity_date,
        hour_started_at,
        region,

        -- volume
        cast(sum(requests) as bigint) as requests,
        cast(sum(installs) as bigint) as installs,
        has_installs,

        -- the weeks before
        max(weeks) as weeks,
        sum(requests_in_weeks) as requests_in_weeks,
        max(install_weeks) as install_weeks,
        sum(installs_in_weeks) as installs_in_weeks
    from quarters
    group by reporting_month, activity_date, hour_started_at, region, has_installs

),

normed as (

    select
        *,
        {{ norm('requests_in_weeks', 'weeks') }} as requests_norm,
        {{ norm('installs_in_weeks', 'install_weeks') }} as installs_norm
    from summed

),

-- What fell into an hour, or was to be expected in it.
found as (

    select * from normed
    where requests > 0 or installs > 0 or requests_norm > 0 or installs_norm > 0

)

select * from found
