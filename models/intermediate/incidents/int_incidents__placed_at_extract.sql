with

incidents as (

    select * from {{ ref('int_incidents__counted') }}

),

-- what lies exactly on the extract point belongs to the next month, as T2 has it of every instant
events as (

    select
        *,
        coalesce(reopened_at < extract_at, false) as is_reopened_by_extract,
        coalesce({{ earliest('resolved_at', 'closed_at') }} >= extract_at, false) as is_ended_later,
        coalesce(resolved_at < extract_at and resolved_at >= reopened_at, false)
        or coalesce(closed_at < extract_at and closed_at >= reopened_at, false) as is_ended_again,
        coalesce(
            closed_at < extract_at
            and (status in ('Closed', 'Cancelled') or reopened_at >= extract_at),
            false
        ) as is_closed_by_extract,
        coalesce(
            status = 'Resolved' or (resolved_at < extract_at and closed_at >= extract_at),
            false
        ) as is_resolved_by_extract
    from incidents

),

stated as (

    select
        *,
        case
            when raised_at >= extract_at then 'Not Raised'
            when status = 'Open' then 'Open'
            when is_ended_later then 'Open'
            when is_reopened_by_extract and not is_ended_again then 'Open'
            when is_closed_by_extract and status = 'Cancelled' then 'Cancelled'
            when is_closed_by_extract then 'Closed'
            when is_resolved_by_extract then 'Resolved'
            else 'Unknown'
        end as state_at_extract
    from events

),

placed as (

    select
        *,
        state_at_extract = 'Open' as is_open_at_extract
    from stated

)

select * from placed
