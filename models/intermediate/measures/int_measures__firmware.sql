{#- Of each measure: what is counted, what it is held against, what has to have happened, which
    extract tells of it, and what that is held against. -#}
{%- set targets_told = 'has_requests and has_targets' -%}
{%- set measures = {
    'DF1': ['acknowledged', 'requested', 'requested', 'has_targets', 'has_requests'],
    'DF1-HANS': ['hans_received', 'null', 'requested', 'has_deliveries', targets_told],
    'DF2-VERIFIED': ['verified', 'acknowledged', 'acknowledged', 'has_alerts', targets_told],
    'DF2-FAILED': ['verification_failed', 'acknowledged', 'acknowledged', 'has_alerts', targets_told],
    'DF2-PROGRESS': ['in_progress', 'acknowledged', 'acknowledged', 'has_alerts', targets_told],
    'DF2-SILENT': ['silent', 'acknowledged', 'acknowledged', 'has_alerts', targets_told],
    'DF3': ['activations_succeeded', 'activations', 'activations', 'has_requests', 'true'],
    'DF3-FAILED': [
        'activations - activations_succeeded', 'activations', 'activations', 'has_requests', 'true',
    ],
} -%}
with

figures as (

    select * from {{ ref('int_firmware__image_figures') }}

),

counted as (

    {{ each_measure(
        'figures', measures, ['smets', 'region', 'device_type'],
        ['part', 'whole', 'events', 'condition', 'is_known'],
    ) }}

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        'All' as scope,
        'Update Device Firmware' as business_process,
        {{ unsplit(except=['business_process', 'smets', 'region', 'device_type']) }},
        smets,
        region,
        device_type,

        -- figure
        case when is_known and (events > 0 or whole is not null) then cast(part as double) end
            as numerator,
        cast(case when is_known then whole end as double) as denominator,
        cast(null as double) as level,
        case
            -- without the 11.1 and its targets nobody knows what an alert or a delivery is about
            when not is_known then 'Not Reported'
            when events = 0 then 'No Events'
            else 'Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from counted

)

select * from cells
