with

means as (

    select * from {{ ref('int_code_performance__means') }}

),

assessments as (

    select * from {{ ref('int_code_performance__assessments_counted') }}

),

incidents as (

    select
        reporting_month,
        measure_id as measure,
        numerator,
        denominator,
        level,
        state,
        cast(denominator as bigint) as contributions,
        cast(denominator as bigint) as registered_contributions,
        true as has_inputs
    from {{ ref('int_measures__incident_levels') }}
    where measure_id in ('CPM4', 'CPM5')

),

united as (

    select * from means
    union all
    select * from assessments
    union all
    select * from incidents

)

select * from united
