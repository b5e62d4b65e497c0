with

published as (

    select * from {{ ref('stg_register__published_levels') }}

),

reported as (

    select * from {{ ref('stg_register__reported_incidents') }}

),

issues as (

    select
        reporting_month,
        issue
    from published

    union

    select
        reporting_month,
        issue
    from reported

),

ranked as (

    select
        *,
        row_number() over (
            partition by reporting_month
            order by {{ issue_order('issue') }} desc
        ) as recency
    from issues

),

latest as (

    select
        reporting_month,
        issue
    from ranked
    where recency = 1

)

select * from latest
