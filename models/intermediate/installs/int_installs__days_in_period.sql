with

days as (

    select * from {{ ref('int_installs__days') }}

),

history as (

    select * from {{ ref('int_installs__history_days') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- A day that landed has a row too where nothing was attempted and something was to be expected.
expected as (

    select
        cast(date_trunc('month', history.activity_date) as date) as reporting_month,
        history.activity_date,
        days.device_type,
        days.region
    from days
    inner join history as week_before on days.activity_date = week_before.activity_date
    inner join history on days.activity_date + 7 = history.activity_date

),

cells as (

    select
        reporting_month,
        activity_date,
        device_type,
        region
    from days

    -- not `union all`: most cells have both
    union
    select * from expected

),

in_period as (

    select cells.*
    from cells
    inner join periods on cells.reporting_month = periods.reporting_month
    where {{ is_before_extract('cells.activity_date', 'periods.extract_at') }}

),

-- O7: the same cell seven days earlier
with_history as (

    select
        -- keys
        in_period.reporting_month,
        in_period.activity_date,
        in_period.device_type,
        in_period.region,

        -- installs (O5)
        coalesce(days.attempted, 0) as attempted,
        coalesce(days.succeeded, 0) as succeeded,
        coalesce(days.failed, 0) as failed,

        -- what was to be expected (O7)
        case when history.activity_date is not null then coalesce(week_before.attempted, 0) end
            as predicted,
        case when history.activity_date is null then 'no history' else 'predicted' end
            as predicted_state
    from in_period
    left join days
        on
            in_period.activity_date = days.activity_date
            and in_period.device_type = days.device_type
            and in_period.region = days.region
    left join days as week_before
        on
            in_period.activity_date = week_before.activity_date + 7
            and in_period.device_type = week_before.device_type
            and in_period.region = week_before.region
    left join history on in_period.activity_date = history.activity_date + 7

)

select * from with_history
