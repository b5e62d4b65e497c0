with

months as (

    select * from {{ ref('int_calendar__months') }}

),

seen as (

    select * from {{ ref('int_estate__firmware_seen') }}

),

-- O12: the estate is seen once a month, so the day is that of the first snapshot.
first_seen as (

    select
        months.reporting_month,
        seen.device_type,
        seen.model_family,
        seen.firmware_version,
        min(seen.reporting_month) as first_seen_month
    from months
    inner join seen on months.reporting_month >= seen.reporting_month
    group by
        months.reporting_month, seen.device_type, seen.model_family, seen.firmware_version

),

-- Of versions of one snapshot, and so of all in the first one, no snapshot says which was there
-- before: their numbers do.
ranked as (

    select
        *,
        rank() over (
            partition by reporting_month, device_type, model_family
            order by
                first_seen_month desc,
                {{ version_order('firmware_version') }} desc,
                firmware_version desc
        ) as firmware_rank,
        count(*) over (
            partition by reporting_month, device_type, model_family, first_seen_month
        ) > 1 as is_ranked_by_number
    from first_seen

),

named as (

    select
        *,
        case firmware_rank
            when 1 then 'latest'
            when 2 then 'one behind'
            when 3 then 'two behind'
            else 'older'
        end as firmware_currency
    from ranked

)

select * from named
