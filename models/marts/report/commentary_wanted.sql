with

wanted as (

    select * from {{ ref('int_commentary__wanted') }}

),

final as (

    select
        -- keys
        reporting_month,
        measure_id,
        scope,

        -- what it is about
        measure_name,
        business_process,

        -- wanted
        figures,
        status,
        needs_reason,
        needs_mitigation,

        -- supplied
        is_supplied,
        has_reason,
        has_mitigation
    from wanted

)

select * from final
