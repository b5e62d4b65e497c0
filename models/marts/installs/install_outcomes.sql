with

days as (

    select * from {{ ref('int_installs__outcome_days') }}

),

final as (

    select
        -- keys
        reporting_month,
        activity_date,
        region,

        -- hubs whose status was told
        commissioned,
        hubs_left as "left",

        -- hubs of which nothing was told by the extract point
        awaiting,
        awaiting_state,

        -- incidents at the end of the day
        under_investigation,
        investigation_state
    from days

)

select * from final
