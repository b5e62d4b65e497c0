with

incidents as (

    select * from {{ ref('int_incidents__placed_at_extract') }}

),

flagged as (

    select
        reporting_month,
        cast(category as varchar) as category,
        smets,
        resolution_hours,
        within_response_target,
        within_resolution_target,
        is_in_period as is_closed_before_exclusions,
        is_counted as is_closed,
        is_raised_in_month and pmel_reason is null as is_raised,
        state_at_extract = 'Resolved' and pmel_reason is null as is_resolved
    from incidents
    where is_dcc_responsibility and status <> 'Cancelled'

),

summed as (

    select
        reporting_month,
        case when grouping(category) = 1 then 'All' else category end as category,
        case when grouping(smets) = 1 then 'All' else smets end as smets,
        -- an incident of both generations, or of none, is in the row All only
        grouping(smets) = 0 and smets = 'All' as is_of_no_generation,
        count(*) filter (where is_raised) as raised,
        count(*) filter (where is_closed_before_exclusions) as closed_before_exclusions,
        count(*) filter (where is_closed) as closed,
        count(*) filter (where is_closed and within_response_target) as within_response_target,
        count(*) filter (where is_closed and within_resolution_target) as within_resolution_target,
        count(*) filter (where is_closed_before_exclusions and within_resolution_target)
            as within_resolution_before_exclusions,
        count(*) filter (where is_resolved) as resolved_not_closed,
        count(*) filter (where is_resolved and within_resolution_target) as resolved_within_target,
        {{ order_free_mean('resolution_hours', 'is_closed') }} as mean_resolution_hours,
        {{ exact_median('resolution_hours') }} filter (where is_closed) as median_resolution_hours,
        max(resolution_hours) filter (where is_closed) as max_resolution_hours
    from flagged
    where is_raised or is_closed_before_exclusions or is_resolved
    group by reporting_month, cube(category, smets)

)

select * from summed
where not is_of_no_generation
