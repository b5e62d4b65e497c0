{#
    The model has exactly the cells of the grid in the month of this run, an empty month included:
    `left` is a cell without a row, `extra` a row without a cell.
#}
{% test has_the_cells_of(model, grid, columns) %}

with

tested as (

    select {{ columns | join(', ') }}
    from {{ model }}

),

cells as (

    select {{ columns | join(', ') }}
    from {{ grid }}
    where reporting_month = {{ reporting_month() }}

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
