with

recorded as (

    select * from {{ ref('int_outages__recorded') }}

),

quarters as (

    select * from {{ ref('int_outages__quarters') }}
    where is_in_period

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

)

select * from covered
