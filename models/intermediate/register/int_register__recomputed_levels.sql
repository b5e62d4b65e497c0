with

provider_levels as (

    select * from {{ ref('int_providers__levels') }}

),

code_performance as (

    select * from {{ ref('int_code_performance__levels') }}

),

landed as (

    select * from {{ ref('int_feeds__landed_parts') }}
    where system = 'providers' and feed = 'service_levels'

),

-- A month whose extracts are not in the warehouse cannot be recomputed, and is not restated.
recomputed as (

    select
        provider_levels.reporting_month,
        'SP-PM' as measure_id,
        provider_levels.scope,
        provider_levels.unit,
        provider_levels.level,
        provider_levels.state
    from provider_levels
    inner join landed
        on
            provider_levels.reporting_month = landed.reporting_month
            and provider_levels.provider = landed.part

    union all

    select
        reporting_month,
        measure as measure_id,
        'All' as scope,
        unit,
        level,
        state
    from code_performance
    where has_inputs

),

shown as (

    select
        reporting_month,
        measure_id,
        scope,
        {{ shown_value('level', 'unit') }} as shown_level,
        {{ value_text('level', 'unit', 'state') }} as level_text
    from recomputed

)

select * from shown
