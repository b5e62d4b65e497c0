-- The performance measures behind CPM1, with what each adds to its distance from 100 %.
-- Change the measure and the month to ask the same of CPM2, CPM3, CPM6, CPM7 or CPM8.
with

measures as (

    select * from {{ ref('sp_performance_measures') }}

),

code_performance as (

    select * from {{ ref('code_performance_measures') }}

)

select
    code_performance.measure,
    code_performance.level_text as level_of_the_mean,
    measures.provider,
    measures.measure_no,
    measures.measure_name,
    measures.level_text,
    measures.status,
    (100 - measures.shown_level) / code_performance.contributions as points_lost
from code_performance
inner join measures
    on
        code_performance.reporting_month = measures.reporting_month
        and code_performance.measure = measures.contributes_to
where
    code_performance.reporting_month = date '2020-09-01'
    and code_performance.measure = 'CPM1'
order by points_lost desc nulls last
