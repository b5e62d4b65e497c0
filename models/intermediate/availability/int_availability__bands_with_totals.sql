with

bands as (

    select * from {{ ref('int_availability__bands') }}

),

with_totals as (

    {{ with_region_totals(
        'bands',
        ['reporting_month', 'subject_kind', 'subject', 'smets', 'band'],
        ['period_minutes', 'planned_minutes', 'unplanned_minutes'],
        ['outages'],
    ) }}

),

judged as (

    select
        *,
        {{ availability_pct('period_minutes', 'planned_minutes', 'unplanned_minutes') }}
            as availability_pct
    from with_totals

)

select * from judged
