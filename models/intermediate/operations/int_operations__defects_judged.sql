with

defects as (

    select * from {{ ref('stg_dcc__defects') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

known as (

    select
        defects.*,
        periods.extract_at
    from defects
    inner join periods on defects.reporting_month = periods.reporting_month
    where {{ is_before_extract('defects.released_date', 'periods.extract_at') }}

),

judged as (

    select
        -- keys
        reporting_month,
        defect_id,

        -- what it is
        severity,
        release,
        released_date,
        closed_date,

        -- evidence
        cast(date_trunc('month', released_date) as date) = reporting_month as is_released,
        is_accepted
        and not coalesce({{ is_before_extract('closed_date', 'extract_at') }}, false)
            as is_open_accepted
    from known

)

select * from judged
