-- Measures below target or minimum, with what has been said of them so far.
with

wanted as (

    select * from {{ ref('commentary_wanted') }}

),

texts as (

    select * from {{ ref('commentary') }}

)

select
    wanted.measure_id,
    wanted.scope,
    wanted.status,
    wanted.needs_mitigation,
    wanted.is_supplied,
    texts.region,
    texts.reason,
    texts.mitigation,
    texts.author_role
from wanted
left join texts
    on
        wanted.reporting_month = texts.reporting_month
        and wanted.measure_id = texts.measure_id
        and wanted.scope = texts.scope
where wanted.reporting_month = date '2020-09-01'
order by wanted.is_supplied, wanted.measure_id, wanted.scope
