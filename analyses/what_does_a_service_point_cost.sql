-- Price of a service point; rows that do not share the price of their provider come first.
with

credits as (

    select * from {{ ref('service_credits') }}

)

select
    provider,
    measure_no,
    measure_name,
    level_text,
    target,
    service_points,
    credit_gbp,
    gbp_per_point,
    provider_gbp_per_point,
    has_shared_price
from credits
where reporting_month = date '2020-09-01'
order by has_shared_price asc, provider asc, service_points desc
