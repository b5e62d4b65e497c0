with

judged as (

    select * from {{ ref('int_measures__judged') }}

),

-- How much commentary is wanted follows from the figures above, and is itself a figure.
commentary as (

    select * from {{ ref('int_measures__commentary_judged') }}

),

united as (

    select * from judged
    union all
    select * from commentary

)

select * from united
