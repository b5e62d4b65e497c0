with

days as (

    select * from {{ ref('int_reads__device_days') }}

),

months as (

    select
        reporting_month,
        {{ month_end('reporting_month') }} as last_day,
        -- the last day of the month looks back to this one, and so every day of the month does
        {{ day_plus(month_end('reporting_month'), '-' ~ silent_after_days()) }} as shared_from
    from {{ ref('int_calendar__months') }}
    where {{ in_months_of_period('reporting_month') }}

),

-- Sixty days begin up to three months before: days are met by their month, not each with each.
months_looked_at as (
    {% for months_back in range(4) %}
        select
            *,
            cast(reporting_month - interval {{ months_back }} month as date) as month_of_day
        from months
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

in_reach as (

    select
        months_looked_at.reporting_month,
        days.device_id,
        days.activity_date,
        days.applies_to_smets1,
        days.answered,
        days.activity_date >= months_looked_at.shared_from as is_shared
    from days
    inner join months_looked_at
        on
            days.reporting_month = months_looked_at.month_of_day
            and days.activity_date <= months_looked_at.last_day
            and {{ first_day_looked_at('months_looked_at.reporting_month') }}
            <= days.activity_date

)

select * from in_reach
