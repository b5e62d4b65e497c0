with

periods as (

    select * from {{ ref('int_calendar__periods') }}
    where {{ in_period('reporting_month') }}

),

-- Of a month without extracts nothing is known, which is not that nothing was down.
landed as (

    select reporting_month
    from {{ ref('int_feeds__landed_parts') }}
    where system = 'dsp' and feed = 'component_events'
    group by reporting_month

),

known as (

    select periods.*
    from periods
    inner join landed on periods.reporting_month = landed.reporting_month

)

select * from known
