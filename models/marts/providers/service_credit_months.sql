with

history as (

    select * from {{ ref('int_providers__credit_history') }}

),

final as (

    select
        -- keys
        reporting_month,
        credit_month,
        scheme,
        provider,

        -- credit
        cast(credit_gbp as decimal(12, 2)) as credit_gbp,
        case
            when credit_gbp is not null then cast(cast(credit_gbp as decimal(12, 2)) as varchar)
            when origin = 'Published' then published_text
            else 'Not Reported'
        end as credit_text,
        origin
    from history

)

select * from final
