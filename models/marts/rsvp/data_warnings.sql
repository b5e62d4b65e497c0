with

of_requests as (

    select * from {{ ref('int_requests__warnings') }}

),

alerts as (

    select * from {{ ref('int_alerts__days_in_period') }}

),

alert_codes as (

    select * from {{ ref('alert_codes') }}

),

-- Every count of alerts is a sum of what they stand for (O9).
of_alerts as (

    select
        alerts.reporting_month,
        'unknown alert code' as warning,
        alerts.alert_code as detail,
        cast(sum(alerts.alerts) as bigint) as rows
    from alerts
    left join alert_codes on alerts.alert_code = alert_codes.alert_code
    where alert_codes.alert_code is null
    group by alerts.reporting_month, alerts.alert_code

),

final as (

    select * from of_requests
    union all
    select * from of_alerts

)

select * from final
