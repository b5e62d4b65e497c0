{#- Of each relation: its league, what a row of it counts for, and what of that succeeded. -#}
{%- set parts = {
    'top_ups': ["'Top-ups'", '1', 'cast(in_numerator as integer)'],
    'changes': ["'Change of Supplier'", 'attempts', 'succeeded'],
    'installs': ["'Installs'", 'attempted', 'succeeded'],
    'processes': ['business_process', 'requests', 'succeeded'],
} -%}
with

top_ups as (

    select * from {{ ref('int_pre_payment__evidence') }}
    where measure_id = 'PP1' and in_denominator

),

changes as (

    select * from {{ ref('int_supplier_changes__party_days') }}

),

installs as (

    select * from {{ ref('int_installs__party_days_in_period') }}
    where attempted > 0

),

processes as (

    select * from {{ ref('int_parties__process_days_in_period') }}

),

-- O13: what each party brings into each league: by O4, O1, O5, and of a process
united as (
    {% for relation, (league, volume, succeeded) in parts.items() %}
        select
            reporting_month,
            {{ league }} as league,
            user_id,
            {{ volume }} as volume,
            {{ succeeded }} as succeeded
        from {{ relation }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

summed as (

    select
        reporting_month,
        league,
        user_id,
        cast(sum(volume) as bigint) as volume,
        cast(sum(succeeded) as bigint) as succeeded
    from united
    group by reporting_month, league, user_id

)

select * from summed
