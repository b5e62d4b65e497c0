{#- Of each measure: of which alerts, what is counted, and what it is held against. -#}
{%- set measures = {
    'A1': ["alert_set = 'every'", 'on_time', 'eligible'],
    'A1-FAIL': ["alert_set = 'every'", 'late', 'null'],
    'A1-POWER-60S': ["alert_set = 'power'", 'le_60s', 'eligible'],
    'A1-POWER-5M': ["alert_set = 'power'", 'le_5m', 'eligible'],
    'A1-POWER-1H': ["alert_set = 'power'", 'le_1h', 'eligible'],
    'A1-POWER-LATER': ["alert_set = 'power'", 'later', 'eligible'],
    'A1-POWER-NEVER': ["alert_set = 'power'", 'never', 'eligible'],
} -%}
with

figures as (

    select * from {{ ref('int_alerts__delivery_figures') }}

),

counts as (

    {{ each_measure(
        'figures', measures, ['alert_code', 'smets', 'region', 'raised', 'eligible'],
        ['condition', 'numerator', 'denominator'],
    ) }}

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        alert_code as scope,
        {{ unsplit(except=['smets', 'region']) }},
        smets,
        region,

        -- figure
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        cast(null as double) as level,
        case
            when raised = 0 then 'No Events'
            -- suppressed or exempt, every one of them
            when eligible = 0 then 'Data Exempted'
            else 'Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from counts

)

select * from cells
