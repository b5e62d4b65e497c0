with

texts as (

    select * from {{ ref('int_commentary__latest_texts') }}

),

final as (

    select
        reporting_month,
        measure_id,
        scope,
        region,
        reason,
        mitigation,
        author_role,
        source_file
    from texts

)

select * from final
