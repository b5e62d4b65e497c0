with

incidents as (

    select * from {{ ref('int_incidents__judged') }}

),

months as (

    select * from {{ ref('int_incidents__months') }}

),

pmel_reasons as (

    select * from {{ ref('pmel_reasons') }}

),

placed as (

    select
        incidents.*,
        months.period_starts_at,
        months.extract_at,
        coalesce(
            incidents.raised_at >= months.period_starts_at
            and incidents.raised_at < months.extract_at,
            false
        ) as is_raised_in_month,
        coalesce(
            incidents.status in ('Closed', 'Cancelled')
            and incidents.closed_at >= months.period_starts_at
            and incidents.closed_at < months.extract_at,
            false
        ) as is_ended_in_month,
        incidents.responsible_party in ('DCC', 'Service Provider') as is_dcc_responsibility,
        -- I7: cancelled without a reason is cancelled; an unlisted reason stays one
        coalesce(
            incidents.exclusion_reason,
            case when incidents.status = 'Cancelled' then 'Cancelled' end
        ) as given_reason
    from incidents
    inner join months on incidents.reporting_month = months.reporting_month

),

excused as (

    select
        placed.*,
        pmel_reasons.kind as pmel_kind,
        pmel_reasons.reason as pmel_reason
    from placed
    left join pmel_reasons on placed.given_reason = pmel_reasons.reason

),

counted as (

    select
        *,
        case when is_dcc_responsibility then 'Service Provider or DCC' else 'Service User' end
            as responsible,
        case when category <= 2 then 'CPM4' else 'CPM5' end as measure_id,
        is_ended_in_month and status = 'Closed' as is_in_period,
        is_ended_in_month
        and status = 'Closed'
        and is_dcc_responsibility
        and pmel_reason is null as is_counted
    from excused

)

select * from counted
