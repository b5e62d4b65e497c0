-- Measures whose level is not the one published before, the largest step first.
with

measures as (

    select * from {{ ref('pmr_measures') }}

)

select
    measure_id,
    scope,
    measure_name,
    previous_text,
    value_text,
    value - previous_value as step,
    target,
    status
from measures
where
    reporting_month = date '2020-09-01'
    and kind = 'M'
    and value is not null
    and previous_value is not null
    and value <> previous_value
order by abs(step) desc
