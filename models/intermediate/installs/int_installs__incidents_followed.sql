with

incidents as (

    select * from {{ ref('int_installs__investigations') }}

),

-- O6 at the extract point, which is the end of the day before
followed as (

    select
        reporting_month,
        case when grouping(region) = 1 then 'All' else region end as region,
        count(*) filter (
            where
            submitted_date < extract_date
            and extract_date <= submitted_date + 90
            and (closed_date is null or closed_date >= extract_date)
        ) as open_at_extract,
        count(*) filter (
            where submitted_date >= reporting_month and submitted_date < extract_date
        ) as submitted,
        count(*) filter (
            where closed_date >= reporting_month and closed_date < extract_date
        ) as closed
    from incidents
    group by reporting_month, rollup(region)

)

select * from followed
