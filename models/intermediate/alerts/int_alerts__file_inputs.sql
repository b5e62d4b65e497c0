with

file_days as (

    select * from {{ ref('int_feeds__file_days') }}

),

summed as (

    {{ inputs_by_day('file_days', 'dsp/alerts') }}

)

select * from summed
