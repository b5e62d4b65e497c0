with

statuses as (

    select * from {{ ref('int_installs__hub_statuses') }}

),

awaiting as (

    select * from {{ ref('int_installs__hubs_awaiting') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

told as (

    select statuses.*
    from statuses
    inner join periods on statuses.reporting_month = periods.reporting_month
    where {{ is_before_extract('statuses.activity_date', 'periods.extract_at') }}

),

united as (

    select * from told
    union all
    select * from awaiting

)

select * from united
