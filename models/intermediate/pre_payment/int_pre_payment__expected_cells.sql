with

places as (

    select * from {{ ref('int_rsvp__places') }}

),

landed as (

    select * from {{ ref('int_pre_payment__landed') }}

),

-- The cells that a month has although nothing fell into them, as soon as a feed of it is there.
cells as (

    select
        places.reporting_month,
        'All' as srv,
        'All' as device_type,
        places.smets,
        places.region,
        landed.has_requests,
        landed.has_alerts
    from places
    inner join landed on places.reporting_month = landed.reporting_month

)

select * from cells
