with

problems as (

    select * from {{ ref('stg_dsms__problems') }}

),

bounded as (

    select
        *,
        {{ month_start('reporting_month') }} as period_starts_at,
        {{ extract_point('reporting_month') }} as extract_at
    from problems

),

placed as (

    select
        *,
        coalesce(
            status = 'Closed' and closed_at >= period_starts_at and closed_at < extract_at,
            false
        ) as is_closed_in_period,
        status = 'Open' or coalesce(closed_at >= extract_at, false) as is_open_at_extract
    from bounded

)

select * from placed
