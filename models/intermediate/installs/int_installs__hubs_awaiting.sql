with

changes as (

    select * from {{ ref('stg_dsp__device_status') }}
    where status in ('InstalledNotCommissioned', 'Commissioned')

),

devices as (

    select * from {{ ref('int_devices__in_month') }}
    where device_type = 'CHF' and smets = 'SMETS2+'

),

statuses as (

    select * from {{ ref('int_installs__hub_statuses') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

by_day as (

    select
        {{ local_month('changed_at') }} as reporting_month,
        cast({{ to_local('changed_at') }} as date) as activity_date,
        device_id as hub_id
    from changes
    group by
        {{ local_month('changed_at') }}, cast({{ to_local('changed_at') }} as date), device_id

),

-- The first day on which either status of it was told; requests are of the day on which they start.
first_told as (

    select
        hub_id,
        min(activity_date) as first_told_date
    from statuses
    group by hub_id

),

-- O6
awaiting as (

    select
        -- keys
        by_day.activity_date,
        by_day.reporting_month,
        by_day.hub_id,
        devices.region,

        -- what became of it
        'awaiting' as outcome
    from by_day
    inner join devices
        on by_day.reporting_month = devices.reporting_month and by_day.hub_id = devices.device_id
    inner join periods on by_day.reporting_month = periods.reporting_month
    left join first_told on by_day.hub_id = first_told.hub_id
    where
        {{ is_before_extract('by_day.activity_date', 'periods.extract_at') }}
        and (
            first_told.first_told_date is null
            or not {{ is_before_extract('first_told.first_told_date', 'periods.extract_at') }}
        )

)

select * from awaiting
