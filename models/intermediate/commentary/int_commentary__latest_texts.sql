with

texts as (

    select * from {{ ref('stg_dcc__commentary') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by reporting_month, measure_id, scope, region
            order by file_date desc, file_version desc, source_file desc
        ) as recency
    from texts

),

latest as (

    select
        -- keys
        reporting_month,
        measure_id,
        scope,
        region,

        -- text
        reason,
        mitigation,
        author_role,

        -- lineage
        source_file
    from ranked
    where recency = 1

)

select * from latest
