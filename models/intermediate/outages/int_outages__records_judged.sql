with

recorded as (

    select * from {{ ref('int_outages__recorded') }}

),

covered as (

    select * from {{ ref('int_outages__records_covered') }}

),

runs as (

    select * from {{ ref('int_outages__runs') }}

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
