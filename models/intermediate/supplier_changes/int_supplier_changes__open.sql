{{
    config(
        materialized='incremental',
        incremental_strategy='microbatch',
        event_time='reporting_month',
        batch_size='month',
        begin='2018-01-01',
    )
}}
with

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- Of every month: this table has no event time, so no batch takes the months before from it.
changes as (

    select * exclude (reporting_month)
    from {{ ref('int_supplier_changes__judged') }}
    where is_reported

),

-- The look-back reads these devices alone, one in some dozens.
failing as (

    select device_id
    from changes
    where not succeeded
    group by device_id

),

looked_back as (

    select
        periods.reporting_month,
        periods.extract_at,
        changes.*,
        count(*) filter (where changes.succeeded) over (
            partition by periods.reporting_month, changes.device_id
            order by changes.started_at desc, changes.request_id desc
        ) as successes_since
    from periods
    inner join changes on {{ is_before_extract('changes.activity_date', 'periods.extract_at') }}
    inner join failing on changes.device_id = failing.device_id

),

-- The unbroken run of failures that ends with the device's latest change
runs as (

    select
        reporting_month,
        extract_at,
        device_id,
        {% for column in ['device_type', 'smets', 'region', 'user_id', 'response_code'] %}
            {{ value_at_max(column, '(started_at, request_id)') }} as {{ column }},
        {% endfor %}
        count(*) as requests,
        min(started_at) as open_since
    from looked_back
    where successes_since = 0
    group by reporting_month, extract_at, device_id

)

select * from runs
