{#
    Times, sorted into buckets: the way to exact medians that a new day does not make dear.

    Counts add up over days, medians do not. So each day's times are kept in buckets of about six
    per cent; the counts of the buckets, which add up, say in which bucket the middle of any total
    lies, and only the times of that one are looked at. What comes out is the exact median,
    interpolated between the two middle times where their number is even (S7).

    time_bucket(us)                 number of the bucket of a time in microseconds; greater for longer
    collected(value)                list of a group's values
    nth_smallest_of_all(lists, n)   n-th smallest value of several lists together; null without n
#}
{% macro time_bucket(microseconds) -%}
    {{ adapter.dispatch('time_bucket', 'pmr')(microseconds) }}
{%- endmacro %}

{# A clock that runs behind makes a leg shorter than nothing: the order holds below nought too. #}
{% macro default__time_bucket(microseconds) -%}
    cast(
        sign({{ microseconds }}) * floor(ln(abs({{ microseconds }}) + 1) * 16) as smallint
    )
{%- endmacro %}

{% macro collected(value) -%}{{ adapter.dispatch('collected', 'pmr')(value) }}{%- endmacro %}

{% macro duckdb__collected(value) -%}
    list({{ value }})
{%- endmacro %}

{% macro nth_smallest_of_all(lists, place) -%}
    {{ adapter.dispatch('nth_smallest_of_all', 'pmr')(lists, place) }}
{%- endmacro %}

{% macro duckdb__nth_smallest_of_all(lists, place) -%}
    list_extract(list_sort(flatten({{ lists }})), {{ place }})
{%- endmacro %}

{# Columns of one relation, each with its name before it. #}
{% macro prefixed(relation, columns) -%}
    {%- for column in columns -%}
    {{ relation }}.{{ column }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#
    Exact medians of a table of buckets, by month, for its cells and all their totals.

    The table has reporting_month, activity_date, the keys, the splits, smets, region, time_bucket,
    measured (count) and times_us (list). Days outside the period are left out (T2). Gives
    reporting_month, keys, splits, smets, region and median_us.
#}
{% macro medians_of_buckets(buckets, keys, splits) -%}
{%- set key_list = (['reporting_month'] + keys) | join(', ') -%}
{%- set cell = ['reporting_month'] + keys + splits + ['smets', 'region'] -%}
{%- set cell_list = cell | join(', ') -%}
with

-- Read twice: once for the counts alone, once for the times of the few that hold a middle.
buckets as not materialized (

    select stored.*
    from {{ buckets }} as stored
    inner join {{ ref('int_calendar__periods') }} as periods
        on stored.reporting_month = periods.reporting_month
    where {{ is_before_extract('stored.activity_date', 'periods.extract_at') }}

),

counted as (

    select
        {{ cell_list }},
        time_bucket,
        sum(measured) as measured
    from buckets
    group by {{ cell_list }}, time_bucket

),

totals as (

    select
        {{ key_list }},
        time_bucket,
        {{ split_or_all(splits) }},
        cast(sum(measured) as bigint) as measured
    from counted
    group by {{ key_list }}, time_bucket, {{ all_totals(splits) }}
    having {{ is_no_total_twice() }}

),

cumulated as (

    select
        *,
        sum(measured) over (partition by {{ cell_list }}) as measured_in_all,
        sum(measured) over (partition by {{ cell_list }} order by time_bucket) as measured_so_far
    from totals

),

-- The middle of an odd number has one rank, that of an even number two.
ranked as (

    select
        *,
        measured_so_far - measured as measured_before,
        floor((measured_in_all + 1) / 2) as lower_rank,
        floor(measured_in_all / 2) + 1 as upper_rank
    from cumulated

),

placed as (

    select
        {{ cell_list }},
        time_bucket,
        case
            when lower_rank > measured_before and lower_rank <= measured_so_far
                then cast(lower_rank - measured_before as bigint)
        end as lower_place,
        case
            when upper_rank > measured_before and upper_rank <= measured_so_far
                then cast(upper_rank - measured_before as bigint)
        end as upper_place
    from ranked

),

middle_buckets as (

    select * from placed
    where lower_place is not null or upper_place is not null

),

middles as (

    select
        {{ prefixed('middle_buckets', cell) }},
        {{ nth_smallest_of_all(collected('buckets.times_us'), 'middle_buckets.lower_place') }}
            as lower_us,
        {{ nth_smallest_of_all(collected('buckets.times_us'), 'middle_buckets.upper_place') }}
            as upper_us
    from middle_buckets
    inner join buckets
        on
            middle_buckets.reporting_month = buckets.reporting_month
            and middle_buckets.time_bucket = buckets.time_bucket
            {%- for key in keys %}
            and middle_buckets.{{ key }} = buckets.{{ key }}
            {%- endfor %}
            {%- for split in splits + ['smets', 'region'] %}
            and middle_buckets.{{ split }} in (buckets.{{ split }}, 'All')
            {%- endfor %}
    group by
        {{ prefixed('middle_buckets', cell) }}, middle_buckets.time_bucket,
        middle_buckets.lower_place, middle_buckets.upper_place

),

medians as (

    select
        {{ cell_list }},
        (max(lower_us) + max(upper_us)) / 2.0 as median_us
    from middles
    group by {{ cell_list }}

)

select * from medians
{%- endmacro %}
