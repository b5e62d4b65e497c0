{%- set keys = ['reporting_month', 'subject_kind', 'subject', 'smets', 'region'] -%}
with

places as (

    select * from {{ ref('int_availability__places') }}
    where subject_kind in ('service', 'component')

),

cells as (

    select
        reporting_month,
        hour_started_at,
        activity_date,
        sum(cell_minutes) as hour_minutes
    from {{ ref('int_availability__cells') }}
    group by reporting_month, hour_started_at, activity_date

),

pieces as (

    select * from {{ ref('int_availability__pieces') }}

),

lost as (

    select
        {{ keys | join(', ') }},
        hour_started_at,
        sum(minutes) filter (where extent = 'down') as down_minutes,
        sum(minutes) filter (where extent = 'planned') as planned_minutes
    from pieces
    group by {{ keys | join(', ') }}, hour_started_at

),

-- Every hour of the period, those without downtime too
hours as (

    select
        -- keys
        {{ prefixed('places', keys) }},
        cells.hour_started_at,
        cells.activity_date,

        -- V3: planned when planned throughout, else unplanned
        cast(cells.hour_minutes as bigint) as period_minutes,
        cast(coalesce(lost.planned_minutes, 0) as bigint) as planned_minutes,
        cast(coalesce(lost.down_minutes, 0) - coalesce(lost.planned_minutes, 0) as bigint)
            as unplanned_minutes
    from places
    inner join cells on places.reporting_month = cells.reporting_month
    left join lost
        on
            cells.hour_started_at = lost.hour_started_at
            {% for key in keys %}
                and places.{{ key }} = lost.{{ key }}
            {% endfor %}

)

select * from hours
