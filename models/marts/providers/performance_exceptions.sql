with

exceptions as (

    select * from {{ ref('stg_providers__exceptions') }}

),

measures as (

    select * from {{ ref('performance_measures') }}

),

definitions as (

    select * from {{ ref('exception_definitions') }}

),

final as (

    select
        -- keys
        exceptions.reporting_month,
        exceptions.provider,
        exceptions.measure_no,
        exceptions.scope,
        exceptions.reason,

        -- figure
        exceptions.events,

        -- what it means
        measures.measure_name,
        definitions.reason is not null as is_listed,
        definitions.definition
    from exceptions
    left join measures
        on
            exceptions.provider = measures.provider
            and exceptions.measure_no = measures.measure_no
    left join definitions
        on
            exceptions.reason = definitions.reason
            and {{ is_among("exceptions.provider", "definitions.providers") }}

)

select * from final
