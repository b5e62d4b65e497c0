with

changes as (

    select * from {{ ref('int_supplier_changes__party_days') }}

),

installs as (

    select * from {{ ref('int_installs__party_days_in_period') }}

),

landed as (

    select * from {{ ref('int_installs__landed_months') }}
    where has_requests

),

changes_of_month as (

    select
        reporting_month,
        cast(sum(attempts) as bigint) as attempts,
        cast(sum(succeeded) as bigint) as succeeded
    from changes
    group by reporting_month

),

installs_of_month as (

    select
        reporting_month,
        count(*) as party_days,

        -- O7: the days that have both
        cast(sum(attempted) filter (where predicted is not null) as bigint) as attempted_predicted,
        cast(sum(predicted) as bigint) as predicted
    from installs
    group by reporting_month

),

joined as (

    select
        landed.reporting_month,

        -- COS1-DAY
        coalesce(changes_of_month.attempts, 0) as attempts,
        coalesce(changes_of_month.succeeded, 0) as succeeded,

        -- IC-PRED-PARTY
        coalesce(installs_of_month.party_days, 0) as party_days,
        installs_of_month.attempted_predicted,
        installs_of_month.predicted
    from landed
    left join changes_of_month on landed.reporting_month = changes_of_month.reporting_month
    left join installs_of_month on landed.reporting_month = installs_of_month.reporting_month

)

select * from joined
