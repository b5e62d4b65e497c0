with

requests as (

    select * from {{ ref('fct_service_requests') }}
    where {{ in_period('activity_date') }} and is_reported

),

found as (

    select
        smets,
        region
    from requests
    group by smets, region

),

numbered as (

    select
        smets,
        region,
        {{ bit_of('dense_rank() over (order by smets, region) - 1') }} as place_bit
    from found

)

select * from numbered
