{{
    config(
        materialized='by_period',
        period_column='activity_date',
        inputs='fct_alerts',
    )
}}
{%- set legs = ['csp', 'dsp', 'send', 'acknowledge'] -%}
with

alerts as (

    select * from {{ ref('fct_alerts') }}
    where {{ in_period('activity_date') }}

),

timed as (
    {% for leg in legs %}
        select
            reporting_month,
            activity_date,
            alert_code,
            smets,
            region,
            '{{ leg }}' as leg,
            {{ whole_microseconds('seconds_to_' ~ leg) }} as leg_us
        from alerts
        where seconds_to_{{ leg }} is not null
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

sorted as (

    select
        -- keys
        reporting_month,
        activity_date,
        alert_code,
        smets,
        region,
        leg,
        {{ time_bucket('leg_us') }} as time_bucket,

        -- times of the leg
        count(*) as measured,
        {{ collected('leg_us') }} as times_us
    from timed
    group by
        reporting_month, activity_date, alert_code, smets, region, leg,
        {{ time_bucket('leg_us') }}

)

select * from sorted
