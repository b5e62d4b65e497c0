{#-
    Of each measure: the column of the figures, the band that it is of, and whether it is of places
    (each region of a regional Service), of regions alone, or of the whole.
-#}
{%- set measures = {
    'AVAIL': ['availability_pct', 'All', 'whole'],
    'AVAIL-D': ['worst_day_pct', 'All', 'whole'],
    'AVAIL-R': ['availability_pct', 'All', 'regions'],
    'AVAIL-T-OPERATIONAL': ['availability_pct', 'Operational', 'whole'],
    'AVAIL-T-INACTIVE': ['availability_pct', 'Inactive', 'whole'],
    'DOWN-UNPLANNED': ['unplanned_minutes', 'All', 'places'],
    'DOWN-HOURS': ['unplanned_hours', 'All', 'places'],
    'DOWN-PLANNED': ['planned_minutes', 'All', 'places'],
    'DOWN-PLANNED-OVER': ['planned_over_allowance_minutes', 'All', 'places'],
} -%}
with

figures as (

    select * from {{ ref('int_availability__service_figures') }}

),

days as (

    select * from {{ ref('int_availability__service_days') }}

),

services as (

    select * from {{ ref('services') }}

),

targets as (

    select * from {{ ref('service_availability_targets') }}

),

worst_days as (

    select
        reporting_month,
        service_id,
        region,
        min(availability_pct) as worst_day_pct
    from days
    group by reporting_month, service_id, region

),

joined as (

    select
        figures.*,
        figures.unplanned_minutes / 60 as unplanned_hours,
        worst_days.worst_day_pct,
        coalesce(services.is_regional, false) as is_regional
    from figures
    left join worst_days
        on
            figures.reporting_month = worst_days.reporting_month
            and figures.service_id = worst_days.service_id
            and figures.region = worst_days.region
    left join services on figures.service_id = services.service_id

),

levels as (
    {% for measure, (column, band, part) in measures.items() %}
        select
            reporting_month,
            service_id,
            region,
            '{{ measure }}' as measure_id,
            {{ column }} as level
        from joined
        where
            band = '{{ band }}'
            {%- if part == 'whole' %}
                and region = 'All'
            {%- elif part == 'regions' %}
                and region <> 'All'
            {%- else %}
                and service_id <> 'All'
                and is_regional = (region <> 'All')
            {%- endif %}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

cells as (

    select
        -- keys
        levels.reporting_month,
        levels.measure_id,
        levels.service_id as scope,
        {{ unsplit(except=['region']) }},
        levels.region,

        -- figure; all of the time can have been planned downtime
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        levels.level,
        case when levels.level is null then 'Data Exempted' else 'Reported' end as state,

        -- limits
        targets.target,
        targets.minimum
    from levels
    left join targets
        on
            levels.measure_id = 'AVAIL'
            and levels.service_id = targets.service_id
            and {{ holds_in('targets', 'levels.reporting_month') }}

)

select * from cells
