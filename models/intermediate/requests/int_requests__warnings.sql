{#- What a warning is about, which of the counted requests it counts, and when. -#}
{%- set warnings = {
    'unknown device': ['srv', 'reported', "smets = 'Unknown'"],
    'SRV not applicable to SMETS1': [
        'srv', 'reported', "smets = 'SMETS1' and is_not_applicable_to_smets1"
    ],
    'without target': ["srv || ' mode ' || mode_of_operation", 'without_target', 'true'],
    'unknown response code': ['response_code', 'reported', 'not is_known_code'],
    'unknown SRV': ['srv', 'reported', 'not is_known_srv'],
} -%}
with

counted as (

    select * from {{ ref('int_requests__counted_in_period') }}

),

srvs as (

    select * from {{ ref('srvs') }}

),

response_codes as (

    select * from {{ ref('response_codes') }}

),

process_srvs as (

    select * from {{ ref('business_process_srvs') }}

),

not_applicable as (

    select srv
    from process_srvs
    group by srv
    having not bool_or(smets1_applicable)

),

looked_up as (

    select
        counted.*,
        not_applicable.srv is not null as is_not_applicable_to_smets1,
        srvs.srv is not null as is_known_srv,
        -- no code at all is no unknown one
        counted.response_code = 'None' or response_codes.response_code is not null
            as is_known_code
    from counted
    left join not_applicable on counted.srv = not_applicable.srv
    left join srvs on counted.srv = srvs.srv
    left join response_codes on counted.response_code = response_codes.response_code

),

warned as (
    {% for warning, (detail, requests, condition) in warnings.items() %}
        select
            reporting_month,
            '{{ warning }}' as warning,
            {{ detail }} as detail,
            cast(sum({{ requests }}) as bigint) as rows
        from looked_up
        where {{ requests }} > 0 and {{ condition }}
        group by reporting_month, {{ detail }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from warned
