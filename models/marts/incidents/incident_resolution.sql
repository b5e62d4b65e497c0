with

resolution as (

    select * from {{ ref('int_incidents__resolution_summed') }}

),

final as (

    select
        -- keys
        reporting_month,
        category,
        smets,

        -- incidents
        raised,
        closed_before_exclusions,
        closed,
        within_response_target,
        within_resolution_target,
        100.0 * within_resolution_target / nullif(closed, 0) as within_resolution_pct,
        resolved_not_closed,
        resolved_within_target,

        -- hours
        mean_resolution_hours,
        median_resolution_hours,
        max_resolution_hours,

        -- before exclusions
        within_resolution_before_exclusions,

        -- which end counts (I1)
        cast('{{ var("incident_clock_end") }}' as varchar) as clock_end
    from resolution

)

select * from final
