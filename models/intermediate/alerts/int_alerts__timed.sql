with

alerts as (

    select * from {{ ref('stg_dsp__alerts') }}

),

days as (

    select * from {{ ref('int_calendar__days') }}

),

dated as (

    select
        alerts.*,
        -- Nearly every row lies on the day of its file, and comparing costs a tenth of converting.
        case
            when alerts.raised_at >= days.starts_at and alerts.raised_at < days.ends_at
                then alerts.extract_date
            else cast({{ to_local('alerts.raised_at') }} as date)
        end as activity_date
    from alerts
    left join days on alerts.extract_date = days.calendar_day

),

timed as (

    select
        *,
        cast(date_trunc('month', activity_date) as date) as reporting_month,

        -- O9: the legs; without one of its ends a leg has no length
        {{ microseconds_between('raised_at', 'csp_received_at') }} as to_csp_us,
        {{ microseconds_between('csp_received_at', 'dsp_received_at') }} as to_dsp_us,
        {{ microseconds_between('dsp_received_at', 'sent_at') }} as to_send_us,
        {{ microseconds_between('sent_at', 'acknowledged_at') }} as to_acknowledge_us,
        disposition in ('delivered', 'undelivered') as is_eligible,
        coalesce({{ microseconds_between('raised_at', 'sent_at') }} <= 60000000, false)
            as is_sent_in_time
    from dated

)

select * from timed
