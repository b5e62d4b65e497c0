with

days as (

    select * from {{ ref('int_supplier_changes__party_days') }}

),

pseudonyms as (

    select * from {{ ref('stg_register__pseudonyms') }}

),

final as (

    select
        -- keys
        days.reporting_month,
        days.activity_date,
        pseudonyms.pseudonym,

        -- what became of the changes
        days.attempts,
        days.succeeded,
        100.0 * days.succeeded / days.attempts as succeeded_pct
    from days
    inner join pseudonyms
        on days.reporting_month = pseudonyms.reporting_month and days.user_id = pseudonyms.user_id

)

select * from final
