with

measures as (

    select * from {{ ref('pmr_measures') }}

),

texts as (

    select * from {{ ref('commentary') }}

),

-- Each business process answers for itself, named where commentary names a scope elsewhere. Of a
-- measure that is split by region or device besides, the worst cell says what is wanted.
wanted as (

    select
        reporting_month,
        measure_id,
        case when scope = 'All' then business_process else scope end as asked_scope,
        count(*) as figures,
        bool_or(status = 'Below Minimum') as is_below_minimum
    from measures
    where commentary_required
    group by reporting_month, measure_id, asked_scope

),

supplied as (

    select
        reporting_month,
        measure_id,
        scope,
        bool_or(reason is not null) as has_reason,
        bool_or(mitigation is not null) as has_mitigation
    from texts
    group by reporting_month, measure_id, scope

),

final as (

    select
        -- keys
        wanted.reporting_month,
        wanted.measure_id,
        wanted.asked_scope as scope,

        -- wanted
        wanted.figures,
        case when wanted.is_below_minimum then 'Below Minimum' else 'Below Target' end as status,
        true as needs_reason,
        wanted.is_below_minimum as needs_mitigation,

        -- supplied
        coalesce(
            supplied.has_reason and (supplied.has_mitigation or not wanted.is_below_minimum),
            false
        ) as is_supplied,
        coalesce(supplied.has_reason, false) as has_reason,
        coalesce(supplied.has_mitigation, false) as has_mitigation
    from wanted
    left join supplied
        on
            wanted.reporting_month = supplied.reporting_month
            and wanted.measure_id = supplied.measure_id
            and wanted.asked_scope = supplied.scope

)

select * from final
