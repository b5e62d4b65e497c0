with

paired as (

    select * from {{ ref('int_rsvp__paired_by_day') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

in_period as (

    select paired.*
    from paired
    inner join periods on paired.reporting_month = periods.reporting_month
    where {{ is_before_extract('paired.activity_date', 'periods.extract_at') }}

),

totals as (

    select
        reporting_month,
        {{ split_or_all(['srv']) }},
        cast(sum(requests) as bigint) as requests,
        cast(sum(in_complete_pairs) as bigint) as in_complete_pairs
    from in_period
    group by reporting_month, {{ all_totals(['srv']) }}
    having {{ is_no_total_twice() }}

),

final as (

    select
        *,
        100.0 * in_complete_pairs / requests as complete_pct
    from totals

)

select * from final
