with

source as (

    select * from {{ source('register', 'reported_incidents') }}

),

renamed as (

    select
        -- keys
        reporting_month,
        issue,
        incident_id,

        -- how the issue counted it
        category,
        within_resolution_target
    from source

)

select * from renamed
