with

incidents as (

    select * from {{ ref('int_incidents__counted') }}

),

texts as (

    select
        reporting_month,
        incident_id,
        title,
        summary,
        customer_impact
    from {{ ref('stg_dsms__incidents') }}
    where category <= 2

),

touching as (

    select
        *,
        {{ microseconds_between('impacted_at', 'restored_at') }} / 60000000.0 as impact_minutes,
        {{ microseconds_between('raised_at', 'resolved_at') }} / 60000000.0 as incident_minutes
    from incidents
    where
        category <= 2
        and (
            (impacted_at >= period_starts_at and impacted_at < extract_at)
            or (raised_at >= period_starts_at and raised_at < extract_at)
            or (resolved_at >= period_starts_at and resolved_at < extract_at)
            or (closed_at >= period_starts_at and closed_at < extract_at)
        )

),

described as (

    select
        touching.*,
        texts.title,
        texts.summary,
        texts.customer_impact
    from touching
    inner join texts
        on
            touching.reporting_month = texts.reporting_month
            and touching.incident_id = texts.incident_id

)

select * from described
