with

months as (

    select * from {{ ref('int_calendar__months') }}

),

own as (

    select * from {{ ref('int_providers__credits_by_company') }}

),

published as (

    select * from {{ ref('service_credit_history') }}

),

-- The month itself always, an earlier one where its extracts are there or where it was published.
listed as (

    select
        months.reporting_month,
        own.credit_month,
        own.scheme,
        own.company as provider,
        own.is_complete,
        own.credit_gbp as own_gbp,
        published.credit as published_text
    from months
    inner join own
        on
            own.credit_month <= months.reporting_month
            and own.credit_month >= months.reporting_month - interval 13 month
    left join published
        on
            own.credit_month = published.credit_month
            and own.scheme = published.scheme
            and own.company = published.provider
    where
        own.credit_month = months.reporting_month
        or own.is_complete
        or published.credit is not null

),

resolved as (

    select
        reporting_month,
        credit_month,
        scheme,
        provider,
        case
            when is_complete then own_gbp
            when credit_month < reporting_month then {{ to_number('published_text') }}
        end as credit_gbp,
        case
            when is_complete then 'Extract'
            when credit_month < reporting_month then 'Published'
            else 'Not Reported'
        end as source,
        published_text
    from listed

)

select * from resolved
