with

alerts as (

    select * from {{ ref('int_alerts__linkable') }}
    where alert_code = 'N13'

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- The last seven days of a draft may begin in the month before.
looked_at as (
    {% for alert_month in ['reporting_month', previous_month('reporting_month')] %}
        select
            reporting_month,
            {{ alert_month }} as alert_month,
            extract_at,
            cast({{ to_local('extract_at') }} as date) as day_after
        from periods
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

of_last_days as (

    select
        looked_at.reporting_month,
        looked_at.extract_at,
        alerts.device_id,
        alerts.raised_at
    from looked_at
    inner join alerts on looked_at.alert_month = alerts.reporting_month
    where
        alerts.activity_date < looked_at.day_after
        and alerts.activity_date >= {{ day_plus('looked_at.day_after', '-7') }}

),

last_n13s as (

    select
        reporting_month,
        extract_at,
        device_id,
        max(raised_at) as last_n13_at
    from of_last_days
    group by reporting_month, extract_at, device_id

)

select * from last_n13s
