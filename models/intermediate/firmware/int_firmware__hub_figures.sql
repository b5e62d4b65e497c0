with

attempts as (

    select * from {{ ref('int_firmware__hub_attempts') }}
    where in_denominator

),

expected as (

    select * from {{ ref('int_rsvp__expected_cells') }}
    where grid = 'places'

),

landed as (

    select * from {{ ref('int_firmware__landed') }}
    where has_hub_firmware

),

summed as (

    select
        reporting_month,
        {{ split_or_all([]) }},
        count(*) as attempted,
        count(*) filter (where in_numerator_of_delivered) as delivered,
        count(*) filter (where in_numerator_of_activated) as activated
    from attempts
    group by reporting_month, {{ all_totals([]) }}
    having {{ is_no_total_twice() }} and not (smets = 'Unknown' and grouping(region) = 0)

),

joined as (

    select
        coalesce(summed.reporting_month, expected.reporting_month) as reporting_month,
        coalesce(summed.smets, expected.smets) as smets,
        coalesce(summed.region, expected.region) as region,
        coalesce(summed.attempted, 0) as attempted,
        coalesce(summed.delivered, 0) as delivered,
        coalesce(summed.activated, 0) as activated
    from summed
    full outer join expected
        on
            summed.reporting_month = expected.reporting_month
            and summed.smets = expected.smets
            and summed.region = expected.region

),

told as (

    select joined.*
    from joined
    inner join landed on joined.reporting_month = landed.reporting_month

)

select * from told
