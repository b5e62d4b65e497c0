with

issued as (

    select * from {{ ref('stg_register__published_levels') }}

),

history as (

    select * from {{ ref('published_levels') }}

),

latest_issues as (

    select * from {{ ref('int_register__latest_issues') }}

),

latest as (

    select
        issued.reporting_month,
        issued.measure_id,
        issued.scope,
        issued.issue,
        -- What was published is the figure as shown, not the one behind it.
        coalesce({{ to_number('issued.value_text') }}, {{ shown('issued.value') }}) as value,
        issued.value_text
    from issued
    inner join latest_issues
        on
            issued.reporting_month = latest_issues.reporting_month
            and issued.issue = latest_issues.issue

),

before_this_system as (

    select
        history.reporting_month,
        history.measure_id,
        history.scope,
        'before this system' as issue,
        history.value,
        history.value_text
    from history
    left join latest_issues on history.reporting_month = latest_issues.reporting_month
    where latest_issues.issue is null

),

united as (

    select * from latest
    union all
    select * from before_this_system

)

select * from united
