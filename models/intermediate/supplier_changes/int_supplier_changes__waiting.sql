with

runs as (

    select * from {{ ref('int_supplier_changes__open') }}

),

history as (

    select * from {{ ref('int_supplier_changes__history') }}

),

-- Without a request of the month nobody knows who waits at its end: it has no history.
aged as (

    select
        -- keys
        runs.reporting_month,
        runs.device_id,
        {{ supplier_change_age_band('runs.open_since', 'runs.extract_at') }} as age_band,

        -- where it is; who tried last, and what came back
        runs.device_type,
        runs.smets,
        runs.region,
        runs.user_id,
        runs.response_code,

        -- the run of failures, and how far back the look goes
        runs.requests,
        runs.open_since,
        history.history_from
    from runs
    inner join history on runs.reporting_month = history.reporting_month

)

select * from aged
