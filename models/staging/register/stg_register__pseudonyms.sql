with

source as (

    select * from {{ source('register', 'pseudonyms') }}

),

renamed as (

    select
        -- keys
        reporting_month,
        user_id,

        -- what it is called
        pseudonym
    from source

)

select * from renamed
