with

credits as (

    select * from {{ ref('int_pre_payment__credits') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

in_period as (

    {{ days_in_period('credits') }}

)

select * from in_period
