with

days as (

    select * from {{ ref('int_installs__party_days') }}

),

history as (

    select * from {{ ref('int_installs__history_days') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- A day that landed has a row too where a party attempted nothing and was expected to.
cells as (

    {{ cells_of_days(['user_id']) }}

)

select * from cells
