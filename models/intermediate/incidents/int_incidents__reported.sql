with

incidents as (

    select * from {{ ref('stg_register__reported_incidents') }}

),

latest_issues as (

    select * from {{ ref('int_register__latest_issues') }}

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
    inner join latest_issues
        on
            incidents.reporting_month = latest_issues.reporting_month
            and incidents.issue = latest_issues.issue

)

select * from reported
