with

months as (

    select * from {{ ref('int_calendar__months') }}

),

measures as (

    select * from {{ ref('performance_measures') }}

),

reported as (

    select * from {{ ref('stg_providers__service_levels') }}

),

due as (

    select
        months.reporting_month,
        measures.*,
        {{ pm_scope('measures.provider', 'measures.measure_no') }} as scope
    from months
    cross join measures
    where
        measures.period = 'Monthly'
        or exists (
            select 1
            from reported
            where
                reported.reporting_month = months.reporting_month
                and reported.provider = measures.provider
                and reported.measure_no = measures.measure_no
                and reported.period = measures.period
        )

)

select * from due
