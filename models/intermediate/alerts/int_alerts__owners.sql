{{
    config(
        materialized='by_period',
        period_column='reporting_month',
        period_unit='month',
        inputs='int_alerts__owner_inputs',
    )
}}
-- depends_on: {{ ref('int_alerts__owner_inputs') }}
with

months as (

    select * from {{ ref('int_calendar__months') }}

),

matched as (

    select * from {{ ref('int_alerts__matched') }}

),

alerts as (

    select * from {{ ref('int_alerts__linkable') }}

),

requests as (

    select * from {{ ref('int_requests__deciding') }}

),

dated as (

    select
        matched.alert_id,
        matched.request_id,
        alerts.activity_date as alert_date,
        requests.activity_date as request_date,
        alerts.reporting_month as alert_month,
        requests.reporting_month as request_month
    from matched
    inner join alerts on matched.alert_id = alerts.alert_id
    inner join requests on matched.request_id = requests.request_id

),

-- A pair whose ends lie in two months stands in both, as each of them found it when it was built.
of_months as (

    select
        months.reporting_month,
        dated.*
    from months
    inner join dated
        on
            months.reporting_month = dated.alert_month
            or months.reporting_month = dated.request_month
    where {{ in_period('months.reporting_month') }}

)

select * from of_months
