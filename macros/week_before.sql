{#
    Installs of days beside what was to be expected of them: the same seven days earlier (O7).

    Relations: days, a row per local day and cell (activity_date, reporting_month, the keys of a
    cell, counts); history, the local days of which is known what there was; periods, the months.

    cells_of_days(keys, days, history, periods)        cells that the days of the periods have (T2):
                                                       something was in them, or was to be expected
    beside_week_before(keys, counts, cells, days, history)   counts of these cells, and the first of
                                                       the counts seven days earlier: predicted, and
                                                       predicted_state
#}
{% macro cells_of_days(keys, days='days', history='history', periods='periods') -%}
with

expected as (

    select
        cast(date_trunc('month', history.activity_date) as date) as reporting_month,
        history.activity_date,
        {{ prefixed('days', keys) }}
    from {{ days }} as days
    inner join {{ history }} as week_before on days.activity_date = week_before.activity_date
    inner join {{ history }} as history on days.activity_date + 7 = history.activity_date

),

cells as (

    select
        reporting_month,
        activity_date,
        {{ keys | join(', ') }}
    from {{ days }}

    -- not `union all`: most cells have both
    union
    select * from expected

)

{{ days_in_period('cells', periods) }}
{%- endmacro %}

{% macro beside_week_before(
    keys, counts, cells='cells', days='days', history='history'
) -%}
select
    -- keys
    cells.reporting_month,
    cells.activity_date,
    {{ prefixed('cells', keys) }},

    -- installs (O5)
    {%- for count in counts %}
    coalesce(days.{{ count }}, 0) as {{ count }},
    {%- endfor %}

    -- what was to be expected (O7)
    case when history.activity_date is not null then coalesce(week_before.{{ counts[0] }}, 0) end
        as predicted,
    case when history.activity_date is null then 'no history' else 'predicted' end
        as predicted_state
from {{ cells }} as cells
left join {{ days }} as days
    on
        cells.activity_date = days.activity_date
        {%- for key in keys %}
        and cells.{{ key }} = days.{{ key }}
        {%- endfor %}
left join {{ days }} as week_before
    on
        cells.activity_date = week_before.activity_date + 7
        {%- for key in keys %}
        and cells.{{ key }} = week_before.{{ key }}
        {%- endfor %}
left join {{ history }} as history on cells.activity_date = history.activity_date + 7
{%- endmacro %}
