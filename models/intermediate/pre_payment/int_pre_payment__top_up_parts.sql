{#- What each of the three kinds of rows brings into the sums of a cell; nought of the rest. -#}
{%- set columns = [
    'attempts', 'succeeded', 'devices', 'continued', 'sequences', 'first_time', 'by_second', 'never',
    'credits',
] -%}
{%- set parts = {
    'attempts': {
        'attempts': 'attempts', 'succeeded': 'succeeded', 'devices': '1', 'continued': 'continued',
    },
    'sequences': {
        'sequences': '1',
        'first_time': 'cast(is_first_time as integer)',
        'by_second': 'cast(is_by_second as integer)',
        'never': 'cast(is_never as integer)',
    },
    'credits': {'credits': 'credits'},
} -%}
with

requests as (

    select * from {{ ref('int_pre_payment__attempts') }}

),

sequences as (

    select * from {{ ref('int_pre_payment__sequences') }}

),

credits as (

    select * from {{ ref('int_pre_payment__credits_in_period') }}

),

-- A device has one cell in a month (A11): counted here, it is counted once in every total.
attempts as (

    select
        reporting_month,
        device_id,
        device_type,
        smets,
        region,
        count(*) as attempts,
        count(*) filter (where is_succeeded) as succeeded,
        count(*) filter (where sequence_number = 0) as continued
    from requests
    group by reporting_month, device_id, device_type, smets, region

),

parts as (
    {% for part, filled in parts.items() %}
        select
            {% for column in columns %}
                {{ filled.get(column, '0') }} as {{ column }},
            {% endfor %}
            reporting_month,
            device_type,
            smets,
            region
        from {{ part }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from parts
