{#
    Algebra of intervals. A relation of intervals has keys, started_at and ended_at; an interval holds
    its start and not its end, so that two that touch have nothing between them and nothing in common.
    The cost follows the number of intervals, however long they are.

    merged_intervals(intervals, keys)          union: the maximal intervals that the given ones cover
                                               together; what has no length is not there
    clipped_start(start, from)                 start of an interval, no earlier than a border
    clipped_end(end, until)                    end of an interval, no later than a border; one that is
                                               open (null) ends there
    clipped(moment, from, until)               a moment, no earlier and no later than these
    subtracted_intervals(whole, part, keys)    what of the one is not in the other; of both, the
                                               intervals of a key are maximal
    pieces_at_borders(intervals, cells, keys)  the intervals, cut where the cells of their month begin
                                               and end. A cell lies in one hour (hour_number, counted
                                               from the start of the period), and says which band
                                               and local day it is of
    whole_minutes(start, end)                  minutes of the clock that lie wholly inside (V3)
    hours_since(start, moment)                 number of the hour after start that a moment lies in
#}
{% macro merged_intervals(intervals, keys) -%}
{%- set key_list = keys | join(', ') -%}
with

reaching as (

    select
        {{ key_list }},
        started_at,
        ended_at,
        max(ended_at) over (
            partition by {{ key_list }}
            order by started_at, ended_at
            rows between unbounded preceding and 1 preceding
        ) as reached_until
    from {{ intervals }}
    where started_at < ended_at

),

stretched as (

    select
        *,
        sum(case when started_at <= reached_until then 0 else 1 end) over (
            partition by {{ key_list }}
            order by started_at, ended_at
            rows between unbounded preceding and current row
        ) as stretch
    from reaching

)

select
    {{ key_list }},
    min(started_at) as started_at,
    max(ended_at) as ended_at
from stretched
group by {{ key_list }}, stretch
{%- endmacro %}

{% macro clipped_start(start, from) -%}
    greatest({{ start }}, {{ from }})
{%- endmacro %}

{% macro clipped_end(end, until) -%}
    least(coalesce({{ end }}, {{ until }}), {{ until }})
{%- endmacro %}

{% macro clipped(moment, from, until) -%}
    {{ clipped_end(clipped_start(moment, from), until) }}
{%- endmacro %}

{% macro subtracted_intervals(whole, part, keys) -%}
{%- set key_list = keys | join(', ') -%}
with

edges as (
    {% for relation, of_whole, of_part in [(whole, 1, 0), (part, 0, 1)] %}
        {%- set outer = loop %}
        {%- for edge, sign in [('started_at', 1), ('ended_at', -1)] %}
            select
                {{ key_list }},
                {{ edge }} as edge_at,
                {{ of_whole * sign }} as of_whole,
                {{ of_part * sign }} as of_part
            from {{ relation }}
            {{ 'union all' if not (outer.last and loop.last) }}
        {% endfor %}
    {%- endfor %}
),

steps as (

    select
        {{ key_list }},
        edge_at,
        sum(of_whole) as of_whole,
        sum(of_part) as of_part
    from edges
    group by {{ key_list }}, edge_at

),

walked as (

    select
        {{ key_list }},
        edge_at as started_at,
        lead(edge_at) over (partition by {{ key_list }} order by edge_at) as ended_at,
        sum(of_whole) over (partition by {{ key_list }} order by edge_at) as in_whole,
        sum(of_part) over (partition by {{ key_list }} order by edge_at) as in_part
    from steps

)

select
    {{ key_list }},
    started_at,
    ended_at
from walked
where in_whole > 0 and in_part = 0
{%- endmacro %}

{% macro pieces_at_borders(intervals, cells, keys) -%}
with

-- A row for each hour that an interval touches, which are joined by their number.
by_hour as (

    select
        {{ keys | join(', ') }},
        started_at,
        ended_at,
        {{ each_number(
            hours_since('period_starts_at', 'started_at'),
            hours_since('period_starts_at', 'ended_at - interval 1 microsecond') ~ ' + 1'
        ) }} as hour_number
    from {{ intervals }}

)

select
    {{ prefixed('by_hour', keys) }},
    by_hour.started_at as of_started_at,
    cells.hour_started_at,
    cells.activity_date,
    cells.band,
    greatest(by_hour.started_at, cells.starts_at) as started_at,
    least(by_hour.ended_at, cells.ends_at) as ended_at
from by_hour
inner join {{ cells }} as cells
    on
        by_hour.reporting_month = cells.reporting_month
        and by_hour.hour_number = cells.hour_number
where by_hour.started_at < cells.ends_at and by_hour.ended_at > cells.starts_at
{%- endmacro %}

{% macro whole_minutes(start, end) -%}
    greatest(
        0,
        cast(
            {{ microseconds_between(
                "date_trunc('minute', " ~ start ~ " + interval 59999999 microsecond)",
                "date_trunc('minute', " ~ end ~ ")"
            ) }} / 60000000 as bigint
        )
    )
{%- endmacro %}

{% macro hours_since(start, moment) -%}
    cast(floor({{ microseconds_between(start, moment) }} / 3600000000) as bigint)
{%- endmacro %}
