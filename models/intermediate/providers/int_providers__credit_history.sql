with

months as (

    select * from {{ ref('int_calendar__months') }}

),

summed as (

    select * from {{ ref('int_providers__credits_by_company') }}

),

published as (

    select * from {{ ref('service_credit_history') }}

),

-- The month itself always, an earlier one where its extracts are there or where it was published.
listed as (

    select
        months.reporting_month,
        summed.credit_month,
        summed.scheme,
        summed.company as provider,
        summed.is_complete,
        summed.credit_gbp as extract_gbp,
        published.credit as published_text
    from months
    inner join summed
        on
            months.reporting_month >= summed.credit_month
            and summed.credit_month >= months.reporting_month - interval 13 month
    left join published
        on
            summed.credit_month = published.credit_month
            and summed.scheme = published.scheme
            and summed.company = published.provider
    where
        summed.credit_month = months.reporting_month
        or summed.is_complete
        or published.credit is not null

),

resolved as (

    select
        reporting_month,
        credit_month,
        scheme,
        provider,
        case
            when is_complete then extract_gbp
            when credit_month < reporting_month then {{ to_number('published_text') }}
        end as credit_gbp,
        case
            when is_complete then 'Extract'
            when credit_month < reporting_month then 'Published'
            else 'Not Reported'
        end as origin,
        published_text
    from listed

)

select * from resolved
