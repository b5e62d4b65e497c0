with

levels as (

    select * from {{ ref('int_providers__levels') }}

),

contributions as (

    select
        -- keys
        reporting_month,
        contributes_to as measure,
        provider,
        measure_no,

        -- evidence
        shown_level,
        state,
        state = 'Reported' as is_in_mean,
        case when state <> 'Reported' then state end as exclusion_reason
    from levels
    where contributes_to is not null

)

select * from contributions
