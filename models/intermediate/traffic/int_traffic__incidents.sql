with

incidents as (

    select * from {{ ref('int_incidents__major') }}

),

regions as (

    select
        region,
        valid_from
    from {{ ref('regions') }}
    union all
    select
        'All' as region,
        date '0001-01-01' as valid_from

),

-- The impact; where the source does not tell it, the incident's own times. A duplicate repeats its
-- primary, and a cancelled one was none.
bounded as (

    select
        reporting_month,
        incident_id,
        category,
        smets,
        regions,
        period_starts_at,
        extract_at,
        coalesce(impacted_at, raised_at) as started_at,
        least(coalesce(restored_at, resolved_at, closed_at, extract_at), extract_at) as ended_at
    from incidents
    where status <> 'Cancelled' and duplicate_of is null

),

-- All is hit by every incident, a region by those of it and by those of no region; what is of
-- SMETS1 alone hits none of the regions (A11).
placed as (

    select
        bounded.*,
        regions.region
    from bounded
    inner join regions
        on
            regions.valid_from <= {{ month_end('bounded.reporting_month') }}
            and (
                regions.region = 'All'
                or (
                    bounded.smets <> 'SMETS1'
                    and (
                        coalesce(bounded.regions, 'All') = 'All'
                        or {{ is_among('regions.region', 'bounded.regions') }}
                    )
                )
            )
    -- of a month's extract also those that were only resolved or closed in the month
    where
        bounded.ended_at >= bounded.period_starts_at and bounded.started_at < bounded.extract_at

)

select * from placed
