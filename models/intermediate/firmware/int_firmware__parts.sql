{#- What each of the three kinds of rows brings into a cell; nought of the rest. -#}
{%- set columns = [
    'requested', 'acknowledged', 'verified', 'verification_failed', 'in_progress', 'silent',
    'activations', 'activations_succeeded',
] -%}
{%- set parts = {
    'targets': {
        'requested': '1',
        'acknowledged': 'cast(in_numerator as integer)',
        'verified': "case when outcome = 'verified' then 1 else 0 end",
        'verification_failed': "case when outcome = 'verification_failed' then 1 else 0 end",
        'in_progress': "case when outcome = 'in_progress' then 1 else 0 end",
        'silent': "case when outcome = 'silent' then 1 else 0 end",
    },
    'hans': {},
    'activations': {
        'activations': '1', 'activations_succeeded': 'cast(in_numerator as integer)',
    },
} -%}
with

targets as (

    select * from {{ ref('int_firmware__evidence') }}
    where in_denominator

),

hans as (

    select * from {{ ref('int_firmware__hans') }}

),

activations as (

    select * from {{ ref('int_firmware__activations') }}
    where in_denominator

),

parts as (
    {% for part, filled in parts.items() %}
        select
            {% for column in columns %}
                {{ filled.get(column, '0') }} as {{ column }},
            {% endfor %}
            -- an image that one 11.1 brought into one HAN, for one of its devices or for several
            {{ "request_id || ' ' || hub_id" if part == 'hans' else 'cast(null as varchar)' }}
                as received,
            reporting_month,
            device_type,
            smets,
            region
        from {{ part }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from parts
