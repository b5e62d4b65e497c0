with

activity as (

    select * from {{ ref('int_traffic__activity') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

in_period as (

    select
        activity.*,
        true as is_in_period
    from activity
    inner join periods on activity.reporting_month = periods.reporting_month
    where {{ is_before_extract('activity.activity_date', 'periods.extract_at') }}

),

-- The one before the month says whether a run of OUT-DET began there.
just_before as (

    select
        periods.reporting_month,
        {{ all_but('reporting_month', 'activity') }},
        false as is_in_period
    from activity
    inner join periods
        on
            {{ minutes_later('activity.quarter_started_at', '15') }} = periods.period_starts_at

),

looked_at as (

    select * from in_period
    {{ union_by_name() }}
    select * from just_before

)

select * from looked_at
