with

months as (

    select * from {{ ref('int_calendar__months') }}

),

of_requests as (

    select * from {{ ref('int_requests__file_inputs') }}

),

of_alerts as (

    select * from {{ ref('int_alerts__file_inputs') }}

),

united as (

    select
        'requests' as kind,
        *
    from of_requests

    union all

    select
        'alerts' as kind,
        *
    from of_alerts

),

-- An alert may name a request of any month, so what any month's files say may matter to each.
of_all as (

    select
        cast(sum(rows) as bigint) as rows,
        md5(string_agg(kind || period || fingerprint, ',' order by kind, period)) as fingerprint
    from united

),

landed as (

    select reporting_month
    from united
    group by reporting_month

),

by_month as (

    select
        months.reporting_month,
        months.reporting_month as period,
        of_all.rows,
        of_all.fingerprint
    from months
    inner join landed on months.reporting_month = landed.reporting_month
    cross join of_all

)

select * from by_month
