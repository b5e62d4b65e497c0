{%- set counts = ['failed', 'scheduled', 'scheduled_within_24h'] -%}
with

days as (

    select * from {{ ref('int_reads__days') }}

),

of_silent_devices as (

    select * from {{ ref('int_reads__of_silent_devices') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- Reads of silent devices are few: they are taken out of sums that stand already.
without_silent_devices as (

    select
        -- keys
        days.reporting_month,
        days.activity_date,
        days.srv,
        days.smets,
        days.region,

        -- meter reads
        {% for column in counts %}
            days.{{ column }} - coalesce(of_silent_devices.{{ column }}, 0) as {{ column }},
        {% endfor %}
        days.asked - coalesce(of_silent_devices.asked, 0) as requests,
        coalesce(of_silent_devices.asked, 0) as silent_device_requests
    from days
    inner join periods on days.reporting_month = periods.reporting_month
    left join of_silent_devices
        on
            days.reporting_month = of_silent_devices.reporting_month
            and days.activity_date = of_silent_devices.activity_date
            and days.srv = of_silent_devices.srv
            and days.smets = of_silent_devices.smets
            and days.region = of_silent_devices.region
    where {{ is_before_extract('days.activity_date', 'periods.extract_at') }}

)

select * from without_silent_devices
