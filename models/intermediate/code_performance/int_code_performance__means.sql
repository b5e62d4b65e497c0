with

contributions as (

    select * from {{ ref('int_code_performance__contributions') }}

),

landed as (

    select * from {{ ref('int_feeds__landed_parts') }}
    where system = 'providers' and feed = 'service_levels'

),

summed as (

    select
        contributions.reporting_month,
        contributions.measure,
        count(*) as registered_contributions,
        count(*) filter (where contributions.is_in_mean) as contributions,
        {{ order_free_mean('contributions.shown_level', 'contributions.is_in_mean') }} as level,
        min(contributions.state) as first_state,
        max(contributions.state) as last_state,
        count(*) = count(landed.part) as has_inputs
    from contributions
    left join landed
        on
            contributions.reporting_month = landed.reporting_month
            and contributions.provider = landed.part
    group by contributions.reporting_month, contributions.measure

),

stated as (

    select
        reporting_month,
        measure,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        cast(level as double) as level,
        case
            when contributions > 0 then 'Reported'
            when first_state = last_state then first_state
            else 'Not Reported'
        end as state,
        contributions,
        registered_contributions,
        has_inputs
    from summed

)

select * from stated
