with

registered as (

    select
        *,
        -- the register of issues keeps the figures of what is not split any further, and those of
        -- BP-AVAIL
        case
            when srv <> 'All' or device_type <> 'All' then null
            when measure_id = 'BP-AVAIL'
                then {{ process_scope('business_process', 'smets', 'region') }}
            when
                business_process = coalesce(process_of_measure, 'All')
                and smets = 'All'
                and region = 'All'
                then scope
        end as published_scope
    from {{ ref('int_measures__registered') }}

),

previous as (

    select * from {{ ref('int_register__previous_levels') }}

),

joined as (

    select
        {{ all_but('published_scope', 'registered') }},
        previous.previous_value,
        previous.previous_text
    from registered
    left join previous
        on
            registered.reporting_month = previous.reporting_month
            and registered.measure_id = previous.measure_id
            and registered.published_scope = previous.scope

)

select * from joined
