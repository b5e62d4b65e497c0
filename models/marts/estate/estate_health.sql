{%- set currencies = ['latest', 'one_behind', 'two_behind', 'older', 'unknown'] -%}
with

totals as (

    select * from {{ ref('int_estate__totals') }}

),

landed as (

    select * from {{ ref('int_estate__landed') }}

),

history as (

    select * from {{ ref('int_estate__history') }}

),

-- What is awaited is not nought.
final as (

    select
        -- keys
        totals.reporting_month,
        totals.device_type,
        totals.smets,
        totals.region,

        -- devices
        totals.devices,
        case when landed.has_requests and landed.has_alerts then totals.not_communicating end
            as not_communicating,
        case when landed.has_alerts then totals.noisy end as noisy,

        -- firmware
        {% for currency in currencies %}
            totals.firmware_{{ currency }},
        {% endfor %}
        totals.firmware_ranked_by_number,

        -- how far back it could be seen
        history.history_days,
        history.firmware_seen_since
    from totals
    left join landed on totals.reporting_month = landed.reporting_month
    left join history on totals.reporting_month = history.reporting_month

)

select * from final
