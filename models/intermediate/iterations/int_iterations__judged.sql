with

requests as (

    select * from {{ ref('fct_service_requests') }}
    where is_reported and business_process <> 'Unattributed'

),

-- A HAN is nearly always in one place; where its devices are in several it counts in each.
by_place as (

    select
        reporting_month,
        activity_date,
        business_process,
        user_id,
        comms_hub_id,
        smets,
        region,
        count(*) as requests,
        count(*) filter (
            where
            delivery_failed
            or response_category in ('not_received_successful', 'not_received_unsuccessful')
        ) as failed_requests
    from requests
    group by
        reporting_month, activity_date, business_process, user_id, comms_hub_id, smets, region

),

iterations as (

    select
        reporting_month,
        activity_date,
        business_process,
        user_id,
        comms_hub_id,
        cast(sum(requests) as bigint) as requests,
        cast(sum(failed_requests) as bigint) as failed_requests,
        {{ list_of_places() }} as places
    from by_place
    group by reporting_month, activity_date, business_process, user_id, comms_hub_id

),

judged as (

    select
        *,
        true as in_denominator,
        failed_requests > 0 as in_numerator,
        cast(null as varchar) as exclusion_reason
    from iterations

)

select * from judged
