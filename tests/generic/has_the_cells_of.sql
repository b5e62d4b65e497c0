{#
    The model has exactly the cells of the grid, in every month of the run (or, without a run's window,
    in every month that the model has): `left` is a cell without a row, `extra` a row without a cell.
#}
{% test has_the_cells_of(model, grid, columns) %}
{%- set window = run_window('reporting_month') %}

with

tested as (

    select {{ columns | join(', ') }}
    from {{ model }}

),

cells as (

    select {{ columns | join(', ') }}
    from {{ grid }}
    where
        {% if window -%}
        {{ window }}
        {%- else -%}
        reporting_month in (select tested.reporting_month from tested)
        {%- endif %}

),

lacking as (

    select * from cells
    except
    select * from tested

),

superfluous as (

    select * from tested
    except
    select * from cells

)

select
    'left' as finding,
    lacking.*
from lacking

union all

select
    'extra' as finding,
    superfluous.*
from superfluous

{% endtest %}
