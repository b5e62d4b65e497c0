-- The attempts of the month that CHF1 counts as not delivered, or CHF2 as not activated.
with

attempts as (

    select * from {{ ref('int_firmware__hub_attempts') }}

)

select
    attempted_at,
    hub_id,
    image_version,
    smets,
    region,
    outcome,
    in_numerator_of_delivered as is_delivered
from attempts
where
    reporting_month = date '2020-09-01'
    and in_denominator
    and not in_numerator_of_activated
order by attempted_at asc, hub_id asc
