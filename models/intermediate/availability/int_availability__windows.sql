with

maintenance as (

    select * from {{ ref('stg_dcc__maintenance') }}
    where {{ in_period('reporting_month') }}

),

by_component as (

    select
        reporting_month,
        maintenance_id,
        {{ each_part('component_ids', '|') }} as component_id,
        region,
        starts_at as started_at,
        ends_at as ended_at
    from maintenance

)

select * from by_component
