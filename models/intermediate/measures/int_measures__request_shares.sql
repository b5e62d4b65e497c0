{#- Of each measure: what is counted, what it is held against, and which cells have it. -#}
{%- set monthly = "timing_class = 'All'" -%}
{%- set measures = {
    'RSVP-M3': ['within_trt', 'with_trt', monthly],
    'RSVP-M5': ['delivery_failures', 'volume', monthly],
    'RSVP-M6-RS': ['received_successful', 'volume', monthly],
    'RSVP-M6-RU': ['received_unsuccessful', 'volume', monthly],
    'RSVP-M6-NS': ['not_received_successful', 'volume', monthly],
    'RSVP-M6-NU': ['not_received_unsuccessful', 'volume', monthly],
    'RSVP-M8-TRT': ['within_trt', 'with_trt', "timing_class <> 'All'"],
} -%}
with

figures as (

    select * from {{ ref('int_rsvp__process_figures') }}
    where business_process <> 'Unattributed'

),

shares as (

    {{ each_measure(
        'figures', measures,
        ['timing_class', 'business_process', 'srv', 'smets', 'region', 'device_type'],
        ['numerator', 'denominator', 'condition'],
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
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        cast(null as double) as level,
        case when denominator = 0 then 'No Events' else 'Reported' end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from shares

)

select * from cells
