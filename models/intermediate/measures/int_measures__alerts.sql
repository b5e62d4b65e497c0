{#- Of each measure: what is counted, and the time that it is. -#}
{%- set measures = {
    'R1-ALERT': ['alerts', 'null'],
    'R1-ALERT-CSP': ['null', 'to_csp_mean_seconds'],
    'R1-ALERT-DSP': ['null', 'to_dsp_mean_seconds'],
    'R1-ALERT-SEND': ['null', 'to_send_mean_seconds'],
    'R1-ALERT-ACK': ['null', 'to_acknowledge_mean_seconds'],
} -%}
with

figures as (

    select * from {{ ref('int_alerts__place_figures') }}

),

levels as (

    {{ each_measure(
        'figures', measures, ['alert_code', 'smets', 'region', 'alerts'],
        ['numerator', 'level'],
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
        cast(nullif(numerator, 0) as double) as numerator,
        cast(null as double) as denominator,
        cast(level as double) as level,
        case
            when alerts = 0 then 'No Events'
            -- alerts came, and the extract has no end of this leg for any of them
            when numerator is null and level is null then 'Not Reported'
            else 'Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from levels

)

select * from cells
