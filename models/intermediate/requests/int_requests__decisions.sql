with

rules as (

    select * from {{ ref('attribution_rules') }}

),

situations as (

    select cast(number as integer) as situation
    from {{ whole_numbers(0, 2 ** (attribution_conditions() | length)) }}

),

powers as (

    {% for name in attribution_conditions() -%}
        select
            '{{ name }}' as condition,
            {{ 2 ** loop.index0 }} as power
        {% if not loop.last -%}
            union all
        {% endif -%}
    {% endfor %}

),

fitting as (

    select
        rules.srv,
        situations.situation,
        rules.rule_order,
        rules.attribution_rule,
        rules.business_process
    from rules
    cross join situations
    left join powers on rules.condition = powers.condition
    where rules.condition = 'always' or (situations.situation & powers.power) > 0

),

-- The first rule that fits decides.
decided as (

    select
        srv,
        situation,
        {{ value_at_min('attribution_rule', 'rule_order') }} as attribution_rule,
        {{ value_at_min('business_process', 'rule_order') }} as business_process
    from fitting
    group by srv, situation

)

select * from decided
