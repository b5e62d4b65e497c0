with

measures as (

    select * from {{ ref('int_measures__judged') }}

),

texts as (

    select * from {{ ref('int_commentary__latest_texts') }}

),

register as (

    select * from {{ ref('int_register__measures') }}

),

-- Of one that is split by region or device besides, the worst cell says what is wanted.
wanted as (

    select
        measures.reporting_month,
        measures.measure_id,
        {{ asked_scope('measures', 'register') }} as scope,
        measures.measure_name,
        measures.business_process,
        count(*) as figures,
        bool_or(measures.status = 'Below Minimum') as needs_mitigation
    from measures
    inner join register on measures.measure_id = register.measure_id
    where measures.commentary_required
    group by
        measures.reporting_month, measures.measure_id, {{ asked_scope('measures', 'register') }},
        measures.measure_name, measures.business_process

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

told as (

    select
        wanted.*,

        -- wanted
        case when wanted.needs_mitigation then 'Below Minimum' else 'Below Target' end as status,
        true as needs_reason,

        -- supplied
        coalesce(
            supplied.has_reason and (supplied.has_mitigation or not wanted.needs_mitigation),
            false
        ) as is_supplied,
        coalesce(supplied.has_reason, false) as has_reason,
        coalesce(supplied.has_mitigation, false) as has_mitigation
    from wanted
    left join supplied
        on
            wanted.reporting_month = supplied.reporting_month
            and wanted.measure_id = supplied.measure_id
            and wanted.scope = supplied.scope

)

select * from told
