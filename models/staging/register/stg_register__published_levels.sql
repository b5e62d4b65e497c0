with

source as (

    select * from {{ source('register', 'published_levels') }}

),

renamed as (

    select
        -- keys
        reporting_month,
        issue,
        measure_id,
        scope,

        -- what the issue said
        value,
        value_text,
        issued_at
    from source

)

select * from renamed
