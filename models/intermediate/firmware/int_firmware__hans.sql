with

evidence as (

    select * from {{ ref('int_firmware__evidence') }}
    where in_denominator

),

deliveries as (

    select * from {{ ref('stg_csp__image_deliveries') }}
    where is_delivered

),

-- O8: a hub that an image reached for a target of the 11.1, however many attempts that took.
received as (

    select
        evidence.reporting_month,
        evidence.request_id,
        evidence.device_id,
        deliveries.hub_id,
        evidence.device_type,
        evidence.smets,
        evidence.region
    from evidence
    inner join deliveries
        on
            evidence.request_id = deliveries.request_id
            and evidence.device_id = deliveries.device_id
    group by
        evidence.reporting_month, evidence.request_id, evidence.device_id, deliveries.hub_id,
        evidence.device_type, evidence.smets, evidence.region

)

select * from received
