{#
    Figures of a month's cells, with the cells that a month has although nothing fell into them.

    cells_of_month(months, feed, keys, counts)

    months       table of figures by reporting month and cell
    feed         extract that tells of them (`dsp/alerts`): a month in which it is awaited has no
                 cells, not even that nothing happened
    keys         what a cell is, beside the month; All in an empty one, unless its grid splits it
    counts       columns that are nought in an empty cell
    others       columns that are null in one
    grid         list of the empty cells in int_rsvp__expected_cells
    condition    which of its rows
#}
{% macro cells_of_month(
    months, feed, keys, counts, others=[], grid='places', condition='true'
) -%}
{%- set (system, feed_name) = feed.split('/') -%}
{%- set split = ['business_process', 'smets', 'region', 'device_type'] -%}
with

months as (

    select * from {{ months }}

),

landed as (

    select reporting_month
    from {{ ref('int_feeds__landed_parts') }}
    where system = '{{ system }}' and feed = '{{ feed_name }}'
    group by reporting_month

),

expected as (

    select
        cells.reporting_month,
        {%- for key in keys %}
        {{ 'cells.' ~ key if key in split else "'All' as " ~ key }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_rsvp__expected_cells') }} as cells
    inner join landed on cells.reporting_month = landed.reporting_month
    where cells.grid = '{{ grid }}' and {{ condition }}

),

-- An unknown device has one place: its row of the generation says all that its region could.
found as (

    select * from months
    where not (smets = 'Unknown' and region = 'Unknown')

),

joined as (

    select
        {%- for key in ['reporting_month'] + keys %}
        coalesce(found.{{ key }}, expected.{{ key }}) as {{ key }},
        {%- endfor %}
        {%- for column in others %}
        found.{{ column }},
        {%- endfor %}
        {%- for column in counts %}
        coalesce(found.{{ column }}, 0) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from found
    full outer join expected
        on
            found.reporting_month = expected.reporting_month
            {%- for key in keys %}
            and found.{{ key }} = expected.{{ key }}
            {%- endfor %}

)

select * from joined
{%- endmacro %}
