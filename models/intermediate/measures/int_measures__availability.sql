{#-
    Of each measure: the column of the figures, and of which of them it is: their band, and whether
    it is of places (each region of a regional Service), of regions alone, or of the whole.
-#}
{%- set measures = {
    'AVAIL': ['availability_pct', "band = 'All' and is_whole"],
    'AVAIL-D': ['worst_day_pct', "band = 'All' and is_whole"],
    'AVAIL-R': ['availability_pct', "band = 'All' and is_region"],
    'AVAIL-T-OPERATIONAL': ['availability_pct', "band = 'Operational' and is_whole"],
    'AVAIL-T-INACTIVE': ['availability_pct', "band = 'Inactive' and is_whole"],
    'DOWN-UNPLANNED': ['unplanned_minutes', "band = 'All' and is_place"],
    'DOWN-HOURS': ['unplanned_hours', "band = 'All' and is_place"],
    'DOWN-PLANNED': ['planned_minutes', "band = 'All' and is_place"],
    'DOWN-PLANNED-OVER': ['planned_over_allowance_minutes', "band = 'All' and is_place"],
} -%}
with

figures as (

    select * from {{ ref('int_availability__service_levels') }}

),

targets as (

    select * from {{ ref('service_availability_targets') }}

),

levels as (

    {{ each_measure('figures', measures, ['service_id', 'region'], ['level', 'condition']) }}

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
