with

levels as (

    select * from {{ ref('int_providers__levels') }}

),

previous as (

    select * from {{ ref('int_register__previous_levels') }}

),

exceptions as (

    select * from {{ ref('int_providers__exceptions_in_period') }}

),

joined as (

    select
        levels.*,
        previous.previous_value,
        previous.previous_text,
        exceptions.exceptions
    from levels
    left join previous
        on
            levels.reporting_month = previous.reporting_month
            and previous.measure_id = 'SP-PM'
            and levels.scope = previous.scope
    left join exceptions
        on
            levels.reporting_month = exceptions.reporting_month
            and levels.provider = exceptions.provider
            and levels.measure_no = exceptions.measure_no

)

select * from joined
