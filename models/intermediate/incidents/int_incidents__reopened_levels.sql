with

reopened as (

    select * from {{ ref('int_incidents__reopened') }}

),

restated as (

    select * from {{ ref('int_incidents__levels_restated') }}

),

published as (

    select * from {{ ref('int_register__published_levels') }}

),

joined as (

    select
        reopened.*,
        published.value as published_level,
        100.0 * restated.numerator / nullif(restated.denominator, 0) as restated_level
    from reopened
    left join restated
        on
            reopened.reporting_month = restated.reporting_month
            and reopened.first_reported_month = restated.first_reported_month
            and reopened.reported_measure_id = restated.measure_id
    left join published
        on
            reopened.first_reported_month = published.reporting_month
            and reopened.reported_measure_id = published.measure_id
            and published.scope = 'All'

)

select * from joined
