{#- The column that a measure's level is, and which cells have the measure. -#}
{%- set daily = "timing_class = 'All' and srv = 'All'" -%}
{%- set monthly = "timing_class = 'All'" -%}
{%- set measures = {
    'RSVP-D': ['mean_rtt_seconds', daily],
    'RSVP-M1-MEAN': ['mean_rtt_seconds', monthly],
    'RSVP-M1-MEDIAN': ['median_rtt_seconds', monthly],
    'RSVP-M2-MIN': ['min_rtt_seconds', monthly],
    'RSVP-M2-MAX': ['max_rtt_seconds', monthly],
    'RSVP-M7': ['interim_rtt_seconds', monthly ~ " and smets in ('SMETS2+', 'All')"],
    'RSVP-M8-MEAN': ['mean_rtt_seconds', "timing_class <> 'All'"],
} -%}
with

figures as (

    select * from {{ ref('int_rsvp__process_figures') }}
    where business_process <> 'Unattributed'

),

levels as (

    {{ each_measure(
        'figures', measures,
        [
            'timing_class', 'business_process', 'srv', 'smets', 'region', 'device_type',
            'responses',
        ],
        ['level', 'condition'],
    ) }}

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        timing_class as scope,
        business_process,
        srv,
        smets,
        region,
        device_type,

        -- figure
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        level,
        case
            when level is not null then 'Reported'
            when responses = 0 then 'No Events'
            -- there were responses, and no test message or processing time to tell their speed by
            else 'Not Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from levels

)

select * from cells
