with

incidents as (

    select * from {{ ref('stg_csp__install_and_leave') }}

),

devices as (

    select * from {{ ref('int_devices__in_month') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- A hub in no snapshot is not lost: its incident counts under Unknown, and in the totals (A11).
placed as (

    select
        -- keys
        incidents.reporting_month,
        incidents.incident_id,
        incidents.hub_id,
        coalesce(devices.region, 'Unknown') as region,

        -- local days
        cast({{ to_local('incidents.submitted_at') }} as date) as submitted_date,
        cast({{ to_local('incidents.closed_at') }} as date) as closed_date,
        cast({{ to_local('periods.extract_at') }} as date) as extract_date
    from incidents
    inner join periods on incidents.reporting_month = periods.reporting_month
    left join devices
        on
            incidents.reporting_month = devices.reporting_month
            and incidents.hub_id = devices.device_id
    where devices.smets is null or devices.smets = 'SMETS2+'

)

select * from placed
