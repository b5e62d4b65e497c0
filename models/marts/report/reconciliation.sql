with

sides as (

    select * from {{ ref('reconciliation__landed') }}
    union all
    select * from {{ ref('reconciliation__staged') }}
    union all
    select * from {{ ref('reconciliation__providers') }}
    union all
    select * from {{ ref('reconciliation__incidents') }}
    union all
    select * from {{ ref('reconciliation__measures') }}
    union all
    select * from {{ ref('reconciliation__incident_measures') }}
    union all
    select * from {{ ref('reconciliation__requests') }}
    union all
    select * from {{ ref('reconciliation__alerts') }}
    union all
    select * from {{ ref('reconciliation__availability') }}

),

facing as (

    select
        reporting_month,
        check_name,
        coalesce(sum(amount) filter (where side = 'expected'), 0) as expected,
        coalesce(sum(amount) filter (where side = 'actual'), 0) as actual
    from sides
    group by reporting_month, check_name

),

final as (

    select
        reporting_month,
        check_name,
        expected,
        actual,
        actual - expected as difference,
        -- a millionth (2026-11-22): amounts are doubles, and no figure here has so fine a unit
        abs(actual - expected) < 0.000001 as passed
    from facing

)

select * from final
