{#- Of each measure: what is counted, what it is held against, what has to have happened, and
    which feed tells of it. -#}
{%- set measures = {
    'PP1': ['succeeded', 'attempts', 'attempts', 'has_requests'],
    'PP1-VOL-SUCCEEDED': ['succeeded', 'null', 'attempts', 'has_requests'],
    'PP1-VOL-FAILED': ['attempts - succeeded', 'null', 'attempts', 'has_requests'],
    'PP1-VOL-DEVICES': ['devices', 'null', 'attempts', 'has_requests'],
    'PP1-TRY-FIRST': ['first_time', 'sequences', 'sequences', 'has_requests'],
    'PP1-TRY-SECOND': ['by_second', 'sequences', 'sequences', 'has_requests'],
    'PP1-TRY-NEVER': ['never', 'sequences', 'sequences', 'has_requests'],
    'PP1-LOCAL': ['credits', 'null', 'credits', 'has_alerts'],
} -%}
with

figures as (

    select * from {{ ref('int_pre_payment__top_up_figures') }}

),

counted as (

    {{ each_measure(
        'figures', measures, ['smets', 'region', 'device_type'],
        ['numerator', 'denominator', 'events', 'condition'],
    ) }}

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        'All' as scope,
        'Pre-Payment' as business_process,
        {{ unsplit(except=['business_process', 'smets', 'region', 'device_type']) }},
        smets,
        region,
        device_type,

        -- figure
        case when events > 0 or denominator is not null then cast(numerator as double) end
            as numerator,
        cast(denominator as double) as denominator,
        cast(null as double) as level,
        case when events = 0 then 'No Events' else 'Reported' end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from counted

)

select * from cells
