with

days as (

    select * from {{ ref('int_installs__days_in_period') }}

),

final as (

    select
        -- keys
        reporting_month,
        activity_date,
        device_type,
        region,

        -- installs
        attempted,
        succeeded,
        failed,

        -- what was to be expected
        predicted,
        predicted_state
    from days

)

select * from final
