{#- Of each measure: what is counted, what tells of it, and what that is held against. -#}
{%- set measures = {
    'IC-LEAVE-COMMISSIONED': ['commissioned', 'has_requests', 'has_requests'],
    'IC-LEAVE-LEFT': ['hubs_left', 'has_requests', 'has_requests'],
    'IC-LEAVE-AWAITING': ['awaiting', 'has_statuses', 'has_requests'],
    'IC-LEAVE-OPEN': ['open_at_extract', 'has_investigations', 'true'],
    'IC-LEAVE-SUBMITTED': ['submitted', 'has_investigations', 'true'],
    'IC-LEAVE-CLOSED': ['closed', 'has_investigations', 'true'],
} -%}
with

figures as (

    select * from {{ ref('int_installs__outcome_figures') }}

),

levels as (

    {{ each_measure(
        'figures', measures, ['smets', 'region'],
        ['numerator', 'condition', 'is_known'],
    ) }}

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        'All' as scope,
        'Install and Commission' as business_process,
        {{ unsplit(except=['business_process', 'smets', 'region']) }},
        smets,
        region,

        -- figure
        cast(case when is_known then nullif(numerator, 0) end as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as level,
        case
            -- without requests nobody knows which hubs await theirs
            when not is_known then 'Not Reported'
            when numerator = 0 then 'No Events'
            else 'Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from levels

)

select * from cells
