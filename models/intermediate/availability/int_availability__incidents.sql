with

incidents as (

    select * from {{ ref('int_incidents__checked') }}

),

-- I2: closed in the month, of DCC responsibility, not excluded
by_service as (

    select
        reporting_month,
        incident_id,
        category,
        {{ each_part('services', '|') }} as service_id
    from incidents
    where is_counted

),

counted as (

    select
        reporting_month,
        service_id,
        count(distinct incident_id) as incidents,
        count(distinct incident_id) filter (where category in (1, 2)) as incidents_cat_1_2,
        count(distinct incident_id) filter (where category in (3, 4, 5)) as incidents_cat_3_5
    from by_service
    group by reporting_month, service_id

)

select * from counted
