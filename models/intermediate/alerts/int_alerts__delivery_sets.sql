{%- set counts = [
    'eligible', 'on_time', 'late', 'le_60s', 'le_5m', 'le_1h', 'later', 'never',
] -%}
with

months as (

    select * from {{ ref('int_alerts__delivery_months') }}

),

codes as (

    select * from {{ ref('alert_codes') }}

),

of_power as (

    select months.*
    from months
    inner join codes on months.alert_code = codes.alert_code
    where codes.alert_group in ('power_outage', 'power_restoration')

),

power as (

    select
        reporting_month,
        'power' as alert_set,
        case when grouping(alert_code) = 1 then 'All' else alert_code end as alert_code,
        smets,
        region,
        {% for count in counts %}
            cast(sum({{ count }}) as bigint) as {{ count }},
        {% endfor %}
        cast(sum(raised) as bigint) as raised
    from of_power
    group by reporting_month, smets, region, rollup(alert_code)

),

every as (

    select
        reporting_month,
        'every' as alert_set,
        alert_code,
        smets,
        region,
        {% for count in counts %}
            {{ count }},
        {% endfor %}
        raised
    from months

),

united as (

    select * from every

    union all

    select * from power

)

select * from united
