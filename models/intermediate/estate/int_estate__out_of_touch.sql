with

silences as (

    select * from {{ ref('int_reads__silences') }}

),

unanswered as (

    select * from {{ ref('int_estate__unanswered') }}

),

last_days as (

    select
        reporting_month,
        {{ day_plus("cast(" ~ to_local('extract_at') ~ " as date)", '-1') }} as last_day
    from {{ ref('int_calendar__periods') }}

),

-- O3, of a request on the last day of the period
silent as (

    select
        silences.reporting_month,
        silences.device_id
    from silences
    inner join last_days on silences.reporting_month = last_days.reporting_month
    where
        last_days.last_day between silences.quiet_from and silences.quiet_until
        and (
            last_days.last_day <= silences.asked_until
            or last_days.last_day >= silences.asked_from
        )

),

united as (

    select
        coalesce(silent.reporting_month, unanswered.reporting_month) as reporting_month,
        coalesce(silent.device_id, unanswered.device_id) as device_id,
        silent.device_id is not null as is_silent,
        unanswered.last_n13_at
    from silent
    full outer join unanswered
        on
            silent.reporting_month = unanswered.reporting_month
            and silent.device_id = unanswered.device_id

)

select * from united
