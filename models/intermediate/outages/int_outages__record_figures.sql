with

parts as (

    select * from {{ ref('int_feeds__landed_parts') }}
    where system = 'dsp' and feed = 'component_events'

),

records as (

    select * from {{ ref('int_outages__records_judged') }}

),

months as (

    select reporting_month
    from parts
    group by reporting_month

),

counted as (

    select
        reporting_month,
        count(*) filter (where state in ('detected', 'without effect')) as judged,
        count(*) filter (where state = 'without effect') as without_effect
    from records
    group by reporting_month

),

joined as (

    select
        months.reporting_month,
        coalesce(counted.judged, 0) as judged,
        coalesce(counted.without_effect, 0) as without_effect
    from months
    left join counted on months.reporting_month = counted.reporting_month

)

select * from joined
