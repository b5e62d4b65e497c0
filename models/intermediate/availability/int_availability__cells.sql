with

periods as (

    select * from {{ ref('int_availability__periods') }}

),

operational_hours as (

    select * from {{ ref('operational_hours') }}

),

-- Hours of elapsed time: a day of 23 or 25 hours has so many (T2)
hours as (

    select
        reporting_month,
        {{ each_number('0', hours_since('period_starts_at', 'extract_at') ~ ' + 1') }}
            as hour_number,
        period_starts_at,
        extract_at
    from periods

),

dated as (

    select
        reporting_month,
        hour_number,
        period_starts_at + hour_number * interval 1 hour as hour_started_at,
        least(period_starts_at + (hour_number + 1) * interval 1 hour, extract_at) as hour_ended_at
    from hours

),

-- The hours of operational activity of the hour's local day, as UTC
with_activity as (

    select
        dated.*,
        cast({{ to_local('dated.hour_started_at') }} as date) as activity_date,
        coalesce(
            {{ local_time_of('dated.hour_started_at', 'operational_hours.starts') }},
            dated.hour_ended_at
        ) as operational_starts_at,
        coalesce(
            {{ local_time_of('dated.hour_started_at', 'operational_hours.ends') }},
            dated.hour_ended_at
        ) as operational_ends_at
    from dated
    left join operational_hours
        on
            {{ iso_weekday(to_local('dated.hour_started_at')) }}
            = operational_hours.iso_weekday

),

-- T3: the part of an hour before activity, in it, and after it
parts as (
    {% for band, starts, ends in [
        ('Inactive', 'hour_started_at', 'least(operational_starts_at, hour_ended_at)'),
        (
            'Operational',
            'greatest(operational_starts_at, hour_started_at)',
            'least(operational_ends_at, hour_ended_at)',
        ),
        ('Inactive', 'greatest(operational_ends_at, hour_started_at)', 'hour_ended_at'),
    ] %}
        select
            reporting_month,
            hour_number,
            hour_started_at,
            activity_date,
            '{{ band }}' as band,
            {{ starts }} as starts_at,
            {{ ends }} as ends_at
        from with_activity
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

cells as (

    select
        *,
        {{ whole_minutes('starts_at', 'ends_at') }} as cell_minutes
    from parts
    where starts_at < ends_at

)

select * from cells
