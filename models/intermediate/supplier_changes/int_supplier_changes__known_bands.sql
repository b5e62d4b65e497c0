with

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

history as (

    select * from {{ ref('int_supplier_changes__history') }}

),

landed as (

    select reporting_month
    from {{ ref('int_feeds__landed_parts') }}
    where system = 'dsp' and feed = 'service_requests'
    group by reporting_month

),

-- The days before the extract point that have to be known before anything can be in the band
bands as (

    select
        listed.age_band,
        listed.days_needed
    from (
        values ('All', 0), ('Under 7 days', 0), ('7 to 30 days', 7), ('Over 30 days', 31)
    ) as listed (age_band, days_needed)

),

reaching as (

    select
        landed.reporting_month,
        cast({{ to_local('periods.extract_at') }} as date) - history.history_from as days_known
    from landed
    inner join periods on landed.reporting_month = periods.reporting_month
    left join history on landed.reporting_month = history.reporting_month

),

compared as (

    select
        reaching.reporting_month,
        bands.age_band,
        -- Of a month without any request nobody knows how it stood at its end.
        coalesce(reaching.days_known >= bands.days_needed, false) as is_known
    from reaching
    cross join bands

)

select * from compared
