{%- set keys = ['reporting_month', 'subject_kind', 'subject', 'smets', 'region'] -%}
with

places as (

    select * from {{ ref('int_availability__places') }}

),

cells as (

    select * from {{ ref('int_availability__cells') }}

),

pieces as (

    select * from {{ ref('int_availability__pieces') }}

),

bands as (

    select
        reporting_month,
        case when grouping(band) = 1 then 'All' else band end as band,
        cast(sum(cell_minutes) as bigint) as period_minutes
    from cells
    group by reporting_month, rollup(band)

),

lost as (

    select
        {{ keys | join(', ') }},
        case when grouping(band) = 1 then 'All' else band end as band,
        sum(minutes) filter (where extent = 'down') as down_minutes,
        sum(minutes) filter (where extent = 'planned') as planned_minutes,
        -- V5: an outage counts once in each band that it touches
        count(distinct of_started_at) filter (where extent = 'unplanned') as outages
    from pieces
    group by {{ keys | join(', ') }}, rollup(band)

),

figures as (

    select
        -- keys
        {{ prefixed('places', keys) }},
        bands.band,

        -- V3
        bands.period_minutes,
        cast(coalesce(lost.planned_minutes, 0) as bigint) as planned_minutes,
        cast(coalesce(lost.down_minutes, 0) - coalesce(lost.planned_minutes, 0) as bigint)
            as unplanned_minutes,
        coalesce(lost.outages, 0) as outages
    from places
    inner join bands on places.reporting_month = bands.reporting_month
    left join lost
        on
            bands.band = lost.band
            {% for key in keys %}
                and places.{{ key }} = lost.{{ key }}
            {% endfor %}

)

select * from figures
