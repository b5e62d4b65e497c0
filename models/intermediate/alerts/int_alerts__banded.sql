{#- Ends of the bands in microseconds; each band begins where the one before it ends. -#}
{%- set bands = {
    'le_60s': 60000000,
    'le_5m': 300000000,
    'le_1h': 3600000000,
} -%}
with

alerts as (

    select * from {{ ref('fct_alerts') }}

),

timed as (

    select
        *,
        {{ microseconds_between('raised_at', 'sent_at') }} as delivery_us
    from alerts

),

-- O9: only what was to be delivered can be on time, late, or never delivered
banded as (

    select
        *,
        disposition in ('delivered', 'undelivered') as is_eligible,
        case
            when disposition not in ('delivered', 'undelivered') then disposition
            when delivery_us is null then 'never'
            {% for band, ends_at_us in bands.items() %}
                when delivery_us <= {{ ends_at_us }} then '{{ band }}'
            {% endfor %}
            else 'later'
        end as delivery
    from timed

)

select * from banded
