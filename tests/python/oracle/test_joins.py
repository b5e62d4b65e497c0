"""No model compares each row of one table with each of another, where both may be large.

Belongs here: which joins DuckDB plans for the compiled SQL. Does not belong here: what they give.

A join whose condition is more than comparisons side by side (an outer one with a `not`, any with
only an `or`) is planned without its keys and takes the square of the time: a month of millions of
requests shows what one of thousands hides.
"""

from __future__ import annotations

from tests.python.oracle.clock import MONTHS
from tests.python.oracle.warehouse import Warehouse

KEYLESS = "BLOCKWISE_NL_JOIN"
# Where one side is a handful of rows.
FEW = {
    "int_alerts__owners": "the months of the run",
    "int_register__previous_levels": "the levels of an issue",
    "int_traffic__quarters": "the quarter-hours of a day",
    "performance_exceptions": "the exceptions that providers report",
}


def test_large_tables_are_joined_by_keys(warehouse: Warehouse) -> None:
    plans = warehouse.plans(MONTHS[1])
    assert {name for name, plan in plans.items() if KEYLESS in plan} == set(FEW)
