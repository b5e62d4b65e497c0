with

parties as (

    select * from {{ ref('credit_parties') }}

),

landed as (

    select * from {{ ref('int_feeds__landed_parts') }}
    where system = 'providers' and feed = 'service_credits'

),

months as (

    select * from {{ ref('int_calendar__months') }}

),

counted as (

    select
        months.reporting_month as credit_month,
        parties.scheme,
        parties.company,
        count(*) as providers,
        count(landed.part) as providers_landed
    from months
    cross join parties
    left join landed
        on
            months.reporting_month = landed.reporting_month
            and parties.provider = landed.part
    group by months.reporting_month, parties.scheme, parties.company

),

complete as (

    select
        *,
        providers = providers_landed as is_complete
    from counted

)

select * from complete
