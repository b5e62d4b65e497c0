with

issued as (

    select * from {{ ref('stg_register__published_levels') }}

),

history as (

    select * from {{ ref('published_levels') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by reporting_month, measure_id, scope
            order by {{ issue_order('issue') }} desc
        ) as recency
    from issued

),

latest as (

    select
        reporting_month,
        measure_id,
        scope,
        issue,
        -- What was published is the figure as shown, not the one behind it.
        coalesce({{ to_number('value_text') }}, {{ shown('value') }}) as value,
        value_text
    from ranked
    where recency = 1

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
    left join latest
        on
            history.reporting_month = latest.reporting_month
            and history.measure_id = latest.measure_id
            and history.scope = latest.scope
    where latest.measure_id is null

),

united as (

    select * from latest
    union all
    select * from before_this_system

)

select * from united
