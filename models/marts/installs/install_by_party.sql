with

days as (

    select * from {{ ref('int_installs__party_days_in_period') }}

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

        -- installs
        days.attempted,
        days.succeeded,

        -- what was to be expected
        days.predicted,
        days.predicted_state
    from days
    inner join pseudonyms
        on days.reporting_month = pseudonyms.reporting_month and days.user_id = pseudonyms.user_id

)

select * from final
