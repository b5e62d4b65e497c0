with

restatements as (

    select * from {{ ref('int_register__restatements') }}

),

final as (

    select
        -- keys
        reporting_month,
        restated_month,
        measure_id,
        scope,

        -- published, and as the extracts have it today
        published,
        recomputed,
        difference,
        published_text,
        recomputed_text,
        published_issue
    from restatements

)

select * from final
