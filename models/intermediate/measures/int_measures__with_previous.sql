with

registered as (

    select * from {{ ref('int_measures__registered') }}

),

previous as (

    select * from {{ ref('int_register__previous_levels') }}

),

joined as (

    select
        registered.*,
        previous.previous_value,
        previous.previous_text
    from registered
    left join previous
        on
            registered.reporting_month = previous.reporting_month
            and registered.measure_id = previous.measure_id
            and registered.scope = previous.scope
            -- the register of issues keeps the figures of what is not split any further
            and registered.business_process = coalesce(registered.process_of_measure, 'All')
            and registered.srv = 'All'
            and registered.smets = 'All'
            and registered.region = 'All'
            and registered.device_type = 'All'

)

select * from joined
