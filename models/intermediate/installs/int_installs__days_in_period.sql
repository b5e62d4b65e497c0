with

cells as (

    select * from {{ ref('int_installs__day_cells') }}

),

days as (

    select * from {{ ref('int_installs__days') }}

),

history as (

    select * from {{ ref('int_installs__history_days') }}

),

-- O7: the same cell seven days earlier, be it in the month before
with_history as (

    select
        -- keys
        cells.reporting_month,
        cells.activity_date,
        cells.device_type,
        cells.region,

        -- installs (O5)
        coalesce(days.attempted, 0) as attempted,
        coalesce(days.succeeded, 0) as succeeded,
        coalesce(days.failed, 0) as failed,

        -- what was to be expected (O7)
        case when history.activity_date is not null then coalesce(week_before.attempted, 0) end
            as predicted,
        case when history.activity_date is null then 'no history' else 'predicted' end
            as predicted_state
    from cells
    left join days
        on
            cells.activity_date = days.activity_date
            and cells.device_type = days.device_type
            and cells.region = days.region
    left join days as week_before
        on
            cells.activity_date = week_before.activity_date + 7
            and cells.device_type = week_before.device_type
            and cells.region = week_before.region
    left join history on cells.activity_date = history.activity_date + 7

)

select * from with_history
