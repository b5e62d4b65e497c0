with

incidents as (

    select * from {{ ref('int_incidents__placed_at_extract') }}

),

checked as (

    select
        *,
        -- I1: while an incident is open without an end, there is no answer yet to disagree with
        coalesce(sla_met <> within_resolution_target, false)
        and (clock_end_at is not null or not is_open_at_extract) as has_sla_disagreement,
        coalesce(resolution_us < 0, false) as has_negative_resolution,
        -- I2
        given_reason is not null and pmel_reason is null as has_unlisted_reason,
        -- I4
        duplicate_of is not null and coalesce(exclusion_reason <> 'Duplicate', true)
            as has_duplicate_without_reason,
        duplicate_of is null and coalesce(exclusion_reason = 'Duplicate', false)
            as has_reason_without_primary,
        -- I2, I5: without the time of what its status says, no month can take it
        coalesce(
            status in ('Closed', 'Cancelled') and closed_at is null
            or status = 'Resolved' and resolved_at is null,
            false
        ) as has_status_without_time,
        -- I5: ended by its status, reopened after its last end by its times
        is_open_at_extract
        and status in ('Closed', 'Cancelled')
        and is_reopened_by_extract
        and coalesce(closed_at < extract_at, false) as has_reopening_after_end
    from incidents

)

select * from checked
