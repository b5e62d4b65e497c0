with

months as (

    select * from {{ ref('int_incidents__months') }}

),

counted as (

    select
        reporting_month,
        incident_id,
        category,
        impact_minutes
    from {{ ref('int_incidents__major') }}
    where is_counted

),

of_the_month as (

    select
        months.reporting_month,
        count(*) filter (where counted.category = 2) as category_2_in_month,
        coalesce({{ order_free_sum('counted.impact_minutes') }}, 0) as outage_minutes
    from months
    left join counted on months.reporting_month = counted.reporting_month
    group by months.reporting_month

),

-- the limit on Category 1 is one a year: those counted in the calendar year up to the month; one
-- that was reopened and counted again is still one incident
of_the_year as (

    select
        months.reporting_month,
        count(distinct counted.incident_id) as category_1_in_year
    from months
    left join counted
        on
            months.reporting_month >= counted.reporting_month
            and date_trunc('year', months.reporting_month)
            = date_trunc('year', counted.reporting_month)
            and counted.category = 1
    group by months.reporting_month

),

totals as (

    select
        of_the_month.reporting_month,
        of_the_year.category_1_in_year,
        of_the_month.category_2_in_month,
        of_the_month.outage_minutes
    from of_the_month
    inner join of_the_year on of_the_month.reporting_month = of_the_year.reporting_month

)

select * from totals
