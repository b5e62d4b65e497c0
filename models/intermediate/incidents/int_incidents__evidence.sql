with

incidents as (

    select * from {{ ref('int_incidents__counted') }}

),

closed as (

    select
        reporting_month,
        incident_id,
        measure_id,
        category,
        smets,
        within_resolution_target,
        pmel_reason
    from incidents
    where is_in_period and is_dcc_responsibility

),

after_exclusions as (

    select
        reporting_month,
        measure_id,
        incident_id,
        category,
        smets,
        pmel_reason is null as in_denominator,
        pmel_reason is null and within_resolution_target as in_numerator,
        pmel_reason as exclusion_reason
    from closed

),

before_exclusions as (

    select
        reporting_month,
        measure_id || '-BEFORE' as measure_id,
        incident_id,
        category,
        smets,
        true as in_denominator,
        within_resolution_target as in_numerator,
        cast(null as varchar) as exclusion_reason
    from closed

),

evidence as (

    select * from after_exclusions

    union all

    select * from before_exclusions

)

select * from evidence
