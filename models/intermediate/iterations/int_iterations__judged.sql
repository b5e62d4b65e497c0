with

requests as (

    select * from {{ ref('fct_service_requests') }}
    where is_reported and business_process <> 'Unattributed'

),

places as (

    select * from {{ ref('int_iterations__places') }}

),

-- A HAN is nearly always in one place; where its devices are in several it counts in each.
iterations as (

    select
        requests.reporting_month,
        requests.activity_date,
        requests.business_process,
        requests.user_id,
        requests.comms_hub_id,
        count(*) as requests,
        count(*) filter (
            where
            requests.delivery_failed
            or requests.response_category in (
                'not_received_successful', 'not_received_unsuccessful'
            )
        ) as failed_requests,
        {{ bits_of('places.place_bit') }} as place_bits
    from requests
    inner join places on requests.smets = places.smets and requests.region = places.region
    group by
        requests.reporting_month, requests.activity_date, requests.business_process,
        requests.user_id, requests.comms_hub_id

),

judged as (

    select
        iterations.*,
        {{ places_of('iterations.place_bits', 'places') }} as places,
        true as in_denominator,
        iterations.failed_requests > 0 as in_numerator,
        cast(null as varchar) as exclusion_reason
    from iterations

)

select * from judged
