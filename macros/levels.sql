{#
    Figures of a measure: the only place that divides, compares with a target, or words a figure.

    measure_level(formula, numerator, denominator, level)   unrounded figure (C2)
        ratio          100 × numerator ÷ denominator, of which the numerator is a part
        comparison     100 × numerator ÷ denominator, two counts of their own: what happened
                       against what was expected; more than 100 is possible
        power_outage   100 × numerator ÷ ((denominator − 50) × 0.25 + 50), denominator the
                       power-loss alerts; more than 100 is possible
        count          the numerator, or the level where that alone is given
        level          the level: a mean, or a figure that came without its inputs
        Null when the inputs are not there or nothing can be divided by.
    shown_value(value, unit)         the figure as the report shows it (N1); a share is kept off the
                                     ends of its scale unless it is there
    value_text(value, unit, state)   the shown figure as text, or the words that stand in its place
    measure_status(shown, target, minimum, direction)       C6; null without a number or a target
    judged_measures(measures)        cells with what the register says of them, in the columns of
                                     pmr_measures: here, and nowhere else on the way of a measure,
                                     numerators meet denominators
#}
{% macro measure_level(formula, numerator, denominator, level) -%}
    case {{ formula }}
        when 'ratio' then 100.0 * {{ numerator }} / nullif({{ denominator }}, 0)
        when 'comparison' then 100.0 * {{ numerator }} / nullif({{ denominator }}, 0)
        when 'power_outage'
            then 100.0 * {{ numerator }} / nullif(({{ denominator }} - 50) * 0.25 + 50, 0)
        when 'count' then coalesce({{ numerator }}, {{ level }})
        when 'level' then {{ level }}
    end
{%- endmacro %}

{% macro shown_value(value, unit) -%}
    case
        when {{ unit }} = 'percent' then {{ shown_share(value) }}
        else {{ shown(value) }}
    end
{%- endmacro %}

{% macro value_text(value, unit, state) -%}
    case
        when {{ value }} is null then {{ state }}
        when {{ unit }} in ('count', 'minutes')
            then cast(cast(round({{ value }}) as bigint) as varchar)
        else cast(cast({{ shown_value(value, unit) }} as decimal(18, 2)) as varchar)
    end
{%- endmacro %}

{% macro measure_status(shown, target, minimum, direction) -%}
    case
        when {{ shown }} is null or {{ target }} is null then null
        when {{ direction }} = 'lower' and {{ shown }} <= {{ as_limit(target) }} then 'Above Target'
        when {{ direction }} = 'lower' and {{ shown }} > {{ as_limit(minimum) }}
            then 'Below Minimum'
        when {{ direction }} = 'lower' then 'Below Target'
        when {{ shown }} >= {{ as_limit(target) }} then 'Above Target'
        when {{ shown }} < {{ as_limit(minimum) }} then 'Below Minimum'
        else 'Below Target'
    end
{%- endmacro %}

{# A limit as a decimal: 99.90 shown meets a target of 99.90, whatever a double makes of either. #}
{% macro as_limit(value) -%}
    cast({{ value }} as decimal(18, 9))
{%- endmacro %}

{% macro judged_measures(measures) -%}
with

valued as (

    select
        *,
        case
            when state = 'Reported'
                then {{ measure_level('formula', 'numerator', 'denominator', 'level') }}
        end as value
    from {{ measures }}

),

judged as (

    select
        *,
        {{ value_text('value', 'unit', 'state') }} as value_text,
        {{ shown_value('value', 'unit') }} as shown_value,
        case
            when kind = 'M'
                then
                    {{ measure_status(
                        shown_value('value', 'unit'), 'target', 'minimum', 'direction'
                    ) }}
        end as status
    from valued

)

select
    -- keys
    reporting_month,
    measure_id,
    scope,
    business_process,
    srv,
    smets,
    region,
    device_type,

    -- figure
    measure_name,
    kind,
    numerator,
    denominator,
    value,
    value_text,
    unit,
    direction,
    target,
    minimum,
    previous_value,
    status,
    coalesce(status in ('Below Target', 'Below Minimum'), false) as commentary_required,

    -- how it came about
    state,
    shown_value,
    previous_text,
    formula,
    requirement,
    rule,
    section,
    sort_order,
    family_model
from judged
{%- endmacro %}
