with

counted as (

    select * from {{ ref('int_requests__counted') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

in_period as (

    {{ days_in_period('counted') }}

)

select * from in_period
