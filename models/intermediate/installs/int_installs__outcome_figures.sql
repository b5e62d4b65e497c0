with

days as (

    select * from {{ ref('int_installs__outcome_days') }}

),

followed as (

    select * from {{ ref('int_installs__incidents_followed') }}

),

expected as (

    select * from {{ ref('int_rsvp__expected_cells') }}
    where grid = 'places' and smets <> 'SMETS1'

),

landed as (

    select * from {{ ref('int_installs__landed_months') }}

),

summed as (

    select
        reporting_month,
        region,
        cast(sum(commissioned) as bigint) as commissioned,
        cast(sum(hubs_left) as bigint) as hubs_left,
        cast(sum(awaiting) as bigint) as awaiting
    from days
    group by reporting_month, region

),

joined as (

    select
        -- keys
        expected.reporting_month,
        expected.smets,
        expected.region,

        -- hubs of the days
        coalesce(summed.commissioned, 0) as commissioned,
        coalesce(summed.hubs_left, 0) as hubs_left,
        coalesce(summed.awaiting, 0) as awaiting,

        -- incidents
        coalesce(followed.open_at_extract, 0) as open_at_extract,
        coalesce(followed.submitted, 0) as submitted,
        coalesce(followed.closed, 0) as closed,

        -- what these were told by
        landed.has_requests,
        landed.has_statuses,
        landed.has_investigations
    from expected
    inner join landed on expected.reporting_month = landed.reporting_month
    left join summed
        on
            expected.reporting_month = summed.reporting_month
            and expected.region = summed.region
    left join followed
        on
            expected.reporting_month = followed.reporting_month
            and expected.region = followed.region

)

select * from joined
