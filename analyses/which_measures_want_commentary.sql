-- Measures below target or minimum, with what has been said of them so far.
with

wanted as (

    select * from {{ ref('commentary_wanted') }}

),

texts as (

    select * from {{ ref('commentary') }}

),

context as (

    select
        reporting_month,
        measure_id,
        scope,
        {{ dbt.listagg('incident_id', "', '", 'order by incident_id') }} as touched_by
    from {{ ref('commentary_context') }}
    group by reporting_month, measure_id, scope

)

select
    wanted.measure_id,
    wanted.measure_name,
    wanted.scope,
    wanted.status,
    wanted.needs_mitigation,
    wanted.is_supplied,
    texts.region,
    texts.reason,
    texts.mitigation,
    texts.author_role,
    context.touched_by
from wanted
left join texts
    on
        wanted.reporting_month = texts.reporting_month
        and wanted.measure_id = texts.measure_id
        and wanted.scope = texts.scope
left join context
    on
        wanted.reporting_month = context.reporting_month
        and wanted.measure_id = context.measure_id
        and wanted.scope = context.scope
where wanted.reporting_month = date '2020-09-01'
order by wanted.is_supplied, wanted.measure_id, wanted.scope
