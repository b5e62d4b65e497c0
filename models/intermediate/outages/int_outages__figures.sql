with

months as (

    select * from {{ ref('int_installs__landed_months') }}
    where has_requests

),

quarters as (

    select * from {{ ref('int_outages__quarters') }}

),

explained as (

    select * from {{ ref('int_outages__explained') }}

),

judged as (

    select
        reporting_month,
        count(*) as quarters_judged
    from quarters
    where is_judged and is_in_period
    group by reporting_month

),

counted as (

    select
        reporting_month,
        count(*) as detected,
        count(*) filter (
            where recorded_event_ids is null and incident_ids is null and not has_commentary
        ) as unexplained
    from explained
    group by reporting_month

),

joined as (

    select
        months.reporting_month,
        coalesce(judged.quarters_judged, 0) as quarters_judged,
        coalesce(counted.detected, 0) as detected,
        coalesce(counted.unexplained, 0) as unexplained
    from months
    left join judged on months.reporting_month = judged.reporting_month
    left join counted on months.reporting_month = counted.reporting_month

)

select * from joined
