{{ config(severity='warn') }}
{#
    I6 restates what was counted in an earlier published month, reopened, and closed again. An
    Incident that is counted again without a reopening was changed afterwards: nothing restates the
    earlier month, and both months count it. No column of one model shows that, hence this test.
#}
with

incidents as (

    select * from {{ ref('fct_incidents') }}

),

reported as (

    select * from {{ ref('int_incidents__reported') }}

),

counted_again as (

    select
        incidents.reporting_month,
        incidents.incident_id,
        reported.reporting_month as reported_month,
        incidents.reopened_at,
        incidents.closed_at
    from incidents
    inner join reported
        on
            incidents.incident_id = reported.incident_id
            and incidents.reporting_month > reported.reporting_month
    where
        incidents.is_counted
        and incidents.reporting_month = {{ reporting_month() }}
        and coalesce(incidents.reopened_at >= incidents.closed_at, true)

)

select * from counted_again
