with

source as (

    select * from {{ source('calendar', 'working_days') }}

),

renamed as (

    select
        working_day,
        month as calendar_month,
        number as working_day_number
    from source

)

select * from renamed
