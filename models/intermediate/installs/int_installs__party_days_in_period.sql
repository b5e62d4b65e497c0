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

    {{ beside_week_before(['user_id'], ['attempted', 'succeeded']) }}

)

select * from with_history
