with

hours as (

    select * from {{ ref('int_availability__hours') }}

),

with_totals as (

    {{ with_region_totals(
        'hours',
        [
            'reporting_month', 'subject_kind', 'subject', 'smets', 'hour_started_at',
            'activity_date',
        ],
        ['period_minutes', 'planned_minutes', 'unplanned_minutes'],
    ) }}

)

select * from with_totals
