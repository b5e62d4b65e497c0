with

estate as (

    select * from {{ ref('int_estate__commissioned') }}
    where is_of_estate

),

many_alerts as (

    select * from {{ ref('int_estate__many_alerts') }}

),

device_types as (

    select
        reporting_month,
        device_type,
        count(*) as devices
    from estate
    group by reporting_month, device_type

),

ranked as (

    select
        estate.reporting_month,
        estate.device_id,
        estate.device_type,
        many_alerts.alerts,
        rank() over (
            partition by estate.reporting_month, estate.device_type
            order by many_alerts.alerts desc
        ) as noise_rank
    from estate
    inner join many_alerts
        on
            estate.reporting_month = many_alerts.reporting_month
            and estate.device_id = many_alerts.device_id

),

-- O12: the top 0.1 % is a whole number of devices, rounded up; of equal ones all are in it.
noisy as (

    select
        ranked.reporting_month,
        ranked.device_id,
        ranked.alerts
    from ranked
    inner join device_types
        on
            ranked.reporting_month = device_types.reporting_month
            and ranked.device_type = device_types.device_type
    where (ranked.noise_rank - 1) * 1000 < device_types.devices

)

select * from noisy
