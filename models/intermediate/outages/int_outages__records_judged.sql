with

recorded as (

    select * from {{ ref('int_outages__recorded') }}

),

quarters as (

    select * from {{ ref('int_outages__quarters') }}
    where is_in_period

),

runs as (

    select * from {{ ref('int_outages__runs') }}

),

-- The whole quarter-hours of each record.
covered as (

    select
        recorded.reporting_month,
        recorded.event_id,
        count(*) filter (where quarters.has_history) as quarters_with_history,
        count(*) filter (where quarters.is_judged) as quarters_judged,
        {{ order_free_sum('quarters.requests_norm') }} as expected,
        cast(sum(quarters.requests) as bigint) as actual
    from recorded
    left join quarters
        on
            recorded.reporting_month = quarters.reporting_month
            and recorded.region = quarters.region
            and recorded.started_at <= quarters.quarter_started_at
            and recorded.ended_at >= {{ minutes_later('quarters.quarter_started_at', '15') }}
    group by recorded.reporting_month, recorded.event_id

),

seen as (

    select
        recorded.reporting_month,
        recorded.event_id
    from recorded
    inner join runs
        on
            recorded.reporting_month = runs.reporting_month
            and (recorded.region in ('All', runs.region) or runs.region = 'All')
            and recorded.started_at < runs.ended_at
            and recorded.ended_at > runs.started_at
    group by recorded.reporting_month, recorded.event_id

),

judged as (

    select
        recorded.*,
        covered.expected,
        covered.actual,
        case
            when seen.event_id is not null then 'detected'
            when
                {{ quarter_hour('recorded.ended_at') }}
                < {{ minutes_later(next_quarter_hour('recorded.started_at'), '30') }}
                then 'too short'
            when covered.quarters_with_history = 0 then 'no history'
            when covered.quarters_judged < 2 then 'too little traffic'
            else 'without effect'
        end as state
    from recorded
    inner join covered
        on
            recorded.reporting_month = covered.reporting_month
            and recorded.event_id = covered.event_id
    left join seen
        on
            recorded.reporting_month = seen.reporting_month
            and recorded.event_id = seen.event_id

)

select * from judged
