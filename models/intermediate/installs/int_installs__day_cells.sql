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
cells as (

    {{ cells_of_days(['device_type', 'region']) }}

)

select * from cells
