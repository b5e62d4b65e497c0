with

attempts as (

    select * from {{ ref('stg_csp__hub_firmware') }}

),

dated as (

    select
        *,
        cast({{ to_local('attempted_at') }} as date) as activity_date,
        {{ local_month('attempted_at') }} as reporting_month
    from attempts

),

devices as (

    select * from {{ ref('int_devices__in_month') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

-- O11: every attempt of the month is in the denominator of CHF1 and CHF2.
evidence as (

    select
        -- keys
        dated.reporting_month,
        dated.hub_id,
        dated.image_version,
        dated.attempted_at,

        -- where the hub is (A11)
        dated.activity_date,
        coalesce(devices.smets, 'Unknown') as smets,
        coalesce(devices.region, 'Unknown') as region,

        -- what became of it
        dated.outcome,
        {{ is_before_extract('dated.activity_date', 'periods.extract_at') }} as in_denominator,
        dated.is_delivered as in_numerator_of_delivered,
        dated.is_activated as in_numerator_of_activated,
        case
            when not {{ is_before_extract('dated.activity_date', 'periods.extract_at') }}
                then 'After the extract point'
        end as exclusion_reason
    from dated
    inner join periods on dated.reporting_month = periods.reporting_month
    left join devices
        on
            dated.reporting_month = devices.reporting_month
            and dated.hub_id = devices.device_id

)

select * from evidence
