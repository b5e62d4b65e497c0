with

cells as (

    select * from {{ ref('int_installs__party_cells') }}

),

days as (

    select * from {{ ref('int_installs__party_days') }}

),

history as (

    select * from {{ ref('int_installs__history_days') }}

),

-- O7: the same party seven days earlier, whatever it was called then
with_history as (

    select
        -- keys
        cells.reporting_month,
        cells.activity_date,
        cells.user_id,

        -- installs (O5)
        coalesce(days.attempted, 0) as attempted,
        coalesce(days.succeeded, 0) as succeeded,

        -- what was to be expected (O7)
        case when history.activity_date is not null then coalesce(week_before.attempted, 0) end
            as predicted,
        case when history.activity_date is null then 'no history' else 'predicted' end
            as predicted_state
    from cells
    left join days
        on cells.activity_date = days.activity_date and cells.user_id = days.user_id
    left join days as week_before
        on
            cells.activity_date = week_before.activity_date + 7
            and cells.user_id = week_before.user_id
    left join history on cells.activity_date = history.activity_date + 7

)

select * from with_history
