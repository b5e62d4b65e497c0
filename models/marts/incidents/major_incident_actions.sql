with

actions as (

    select * from {{ ref('stg_dsms__incident_actions') }}

),

incidents as (

    select * from {{ ref('int_incidents__major') }}

),

final as (

    select
        actions.reporting_month,
        actions.incident_id,
        actions.item,
        actions.description,
        actions.owner
    from actions
    inner join incidents
        on
            actions.reporting_month = incidents.reporting_month
            and actions.incident_id = incidents.incident_id

)

select * from final
