"""No model compares each row of one table with each of another, where both may be large.

Belongs here: which joins DuckDB plans for the compiled SQL. Does not belong here: what they give.

An outer join whose condition is more than comparisons (a `not`, an `or`) is planned without its
keys, and takes the square of the time; a month of millions of requests shows what one of thousands
hides.
"""

from __future__ import annotations

import re

from tests.python.oracle.clock import MONTHS
from tests.python.oracle.warehouse import Warehouse

KEYLESS = re.compile(
    r"BLOCKWISE_NL_JOIN|NESTED_LOOP_JOIN|IE_JOIN|PIECEWISE_MERGE_JOIN|CROSS_PRODUCT"
)
# What such a join is allowed for: one side is a handful of rows, or the months of the run.
FEW = {
    "int_alerts__matched": "the asof join, which over no rows is planned as a loop",
    "int_alerts__owners": "the months of the run",
    "int_devices__known": "the months of the run",
    "int_estate__firmware_ranks": "versions of firmware",
    "int_estate__history": "snapshots",
    "int_providers__due_levels": "months and providers' measures",
    "int_reads__history": "months and days",
    "int_register__previous_levels": "levels of an issue",
    "int_requests__decisions": "rules of attribution",
    "int_supplier_changes__open": "the months of the run",
}


def test_large_tables_are_joined_by_keys(warehouse: Warehouse) -> None:
    keyless = {
        name
        for name, plan in warehouse.plans(MONTHS[1]).items()
        if KEYLESS.search(plan) is not None
    }
    assert keyless == set(FEW)
