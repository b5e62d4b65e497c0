with

events as (

    select * from {{ ref('int_operations__throttling_placed') }}

),

summed as (

    select
        -- keys
        reporting_month,
        direction,

        -- what happened
        count(*) as events,
        count(distinct incident_id) as incidents,
        {{ order_free_sum('throttled_seconds') }} as throttled_seconds,

        -- alerts: null when no event says how many
        cast(sum(forwarded) as bigint) as forwarded,
        cast(sum(dropped) as bigint) as dropped,
        cast(sum(exempted) as bigint) as exempted
    from events
    group by reporting_month, direction

)

select * from summed
