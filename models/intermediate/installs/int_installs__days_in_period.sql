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

    {{ beside_week_before(['device_type', 'region'], ['attempted', 'succeeded', 'failed']) }}

)

select * from with_history
