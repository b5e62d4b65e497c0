with

days as (

    select * from {{ ref('int_parties__process_days') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

in_period as (

    {{ days_in_period('days') }}

)

select * from in_period
