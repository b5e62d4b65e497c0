with

reliability as (

    select * from {{ ref('int_availability__reliability') }}

),

final as (

    select
        -- keys
        reporting_month,
        service_id,

        -- incidents
        incidents,
        incidents_cat_1_2,
        incidents_cat_3_5,

        -- outages
        outages,
        mttr_hours,
        mtbf_days
    from reliability

)

select * from final
