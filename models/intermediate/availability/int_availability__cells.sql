with

periods as (

    select * from {{ ref('int_availability__periods') }}

),

operational_hours as (

    select * from {{ ref('operational_hours') }}

),

-- Hours of elapsed time: a day of 23 or 25 hours has so many (T2)
numbered as (

    select
        *,
        {{ each_number('0', hours_since('period_starts_at', 'extract_at') ~ ' + 1') }}
            as hour_number
    from periods

),

hours as (

    select
        reporting_month,
        hour_number,
        period_starts_at + hour_number * interval 1 hour as hour_started_at,
        least(period_starts_at + (hour_number + 1) * interval 1 hour, extract_at) as hour_ended_at
    from numbered

),

-- The part of the hour that lies in the activity of its local day, as UTC; none if it has no length
with_activity as (

    select
        hours.*,
        cast({{ to_local('hours.hour_started_at') }} as date) as activity_date,
        {{ clipped(
            local_time_of('hours.hour_started_at', 'operational_hours.starts'),
            'hours.hour_started_at', 'hours.hour_ended_at'
        ) }} as activity_starts_at,
        {{ clipped(
            local_time_of('hours.hour_started_at', 'operational_hours.ends'),
            'hours.hour_started_at', 'hours.hour_ended_at'
        ) }} as activity_ends_at
    from hours
    left join operational_hours
        on {{ iso_weekday(to_local('hours.hour_started_at')) }} = operational_hours.iso_weekday

),

-- T3: what of an hour lies before activity, in it, and after it
cells as (
    {% for band, starts, ends in [
        ('Inactive', 'hour_started_at', 'activity_starts_at'),
        ('Operational', 'activity_starts_at', 'activity_ends_at'),
        ('Inactive', 'activity_ends_at', 'hour_ended_at'),
    ] %}
        select
            reporting_month,
            hour_number,
            hour_started_at,
            activity_date,
            '{{ band }}' as band,
            {{ starts }} as starts_at,
            {{ ends }} as ends_at,
            {{ whole_minutes(starts, ends) }} as cell_minutes
        from with_activity
        where {{ starts }} < {{ ends }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from cells
