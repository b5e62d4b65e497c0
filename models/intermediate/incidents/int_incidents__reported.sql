with

incidents as (

    select * from {{ ref('stg_register__reported_incidents') }}

),

issues as (

    select
        reporting_month,
        issue,
        {{ issue_order('issue') }} as issue_order
    from incidents
    group by reporting_month, issue

),

latest as (

    select
        reporting_month,
        max(issue_order) as issue_order
    from issues
    group by reporting_month

),

reported as (

    select
        incidents.reporting_month,
        incidents.incident_id,
        incidents.issue,
        incidents.category,
        case when incidents.category <= 2 then 'CPM4' else 'CPM5' end as measure_id,
        incidents.within_resolution_target
    from incidents
    inner join latest
        on
            incidents.reporting_month = latest.reporting_month
            and {{ issue_order('incidents.issue') }} = latest.issue_order

)

select * from reported
