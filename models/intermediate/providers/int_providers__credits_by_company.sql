with

files as (

    select * from {{ ref('int_providers__credit_files') }}

),

parties as (

    select * from {{ ref('credit_parties') }}

),

credits as (

    select * from {{ ref('stg_providers__service_credits') }}

),

summed as (

    select
        credits.reporting_month as credit_month,
        parties.scheme,
        parties.company,
        sum(credits.credit_gbp) as credit_gbp
    from credits
    inner join parties on credits.provider = parties.provider
    group by credits.reporting_month, parties.scheme, parties.company

),

stated as (

    select
        files.credit_month,
        files.scheme,
        files.company,
        files.is_complete,
        case when files.is_complete then coalesce(summed.credit_gbp, 0) end as credit_gbp
    from files
    left join summed
        on
            files.credit_month = summed.credit_month
            and files.scheme = summed.scheme
            and files.company = summed.company

)

select * from stated
