with

published as (

    select * from {{ ref('int_register__published_levels') }}

),

months as (

    select * from {{ ref('int_calendar__months') }}

),

quarterly as (

    select
        'SP-PM' as measure_id,
        {{ pm_scope('provider', 'measure_no') }} as scope
    from {{ ref('performance_measures') }}
    where period = 'Quarterly'

),

candidates as (

    select
        months.reporting_month,
        published.measure_id,
        published.scope,
        published.reporting_month as previous_month,
        published.issue,
        published.value as previous_value,
        published.value_text as previous_text,
        row_number() over (
            partition by months.reporting_month, published.measure_id, published.scope
            order by published.reporting_month desc
        ) as recency
    from published
    left join quarterly
        on
            published.measure_id = quarterly.measure_id
            and published.scope = quarterly.scope
    inner join months
        on
            (
                quarterly.scope is null
                and published.reporting_month = {{ previous_month('months.reporting_month') }}
            )
            or (
                quarterly.scope is not null
                and published.reporting_month < {{ quarter_start('months.reporting_month') }}
                and published.reporting_month
                >= {{ quarter_start('months.reporting_month') }} - interval 3 month
            )

),

previous as (

    select
        reporting_month,
        measure_id,
        scope,
        previous_month,
        issue,
        previous_value,
        previous_text
    from candidates
    where recency = 1

)

select * from previous
